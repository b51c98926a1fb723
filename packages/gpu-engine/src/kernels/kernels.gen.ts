// Generated from shaders/ by `npm run generate`; do not edit.
/** Each file without what only readers need; by entry point which of its bindings it uses, in their order, and the hook. */
export const kernelSources = {
  activation: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn rc(e:f32)->f32{let I=exp(-abs(e));return select(I,1.,e>=0.)/(1.+I);}fn cd(e:f32)->f32{let I=exp(-abs(e));return I/((1.+I)*(1.+I));}fn Mf(e:f32)->f32{let M=abs(e);if(M<0.625){let da=e*e;let j=((-5.70498872745e-3*da+2.06390887954e-2)*da-5.37397155531e-2)*da+1.33314422036e-1;return e+e*da*(j*da-3.33332819422e-1);}let I=exp(-2.*M);return sign(e)*(1.-I)/(1.+I);}fn ig(e:f32)->f32{return max(e,0.)+log(1.+exp(-abs(e)));}fn Pe(e:f32)->f32{let M=abs(e)*0.70710678;if(M<1.){let da=M*M;var j=7.853861353153693e-5;j=j*da-8.010193625184903e-4;j=j*da+5.188327685732524e-3;j=j*da-2.685381193529856e-2;j=j*da+1.128358514861418e-1;j=j*da-3.761262582423300e-1;return 0.5+0.5*sign(e)*M*(j*da+1.128379165726710);}let d=1./(1.+0.3275911*M);let j=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;let df=0.5*j*d*exp(-M*M);return select(df,1.-df,e>0.);}fn we(e:f32)->f32{return 0.79788456*(e+0.044715*e*e*e);}fn H(e:f32)->f32{let v=sizes.alpha;let sa=sizes.beta;if(OPERATION==0u){return select(v*e,e,e>0.);}if(OPERATION==1u){return select(v*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==2u){return sa*select(v*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==3u){return max(e,0.)+min(v*(exp(min(e/v,60.))-1.),0.);}if(OPERATION==4u){return rc(e);}if(OPERATION==5u){return clamp(v*e+sa,0.,1.);}if(OPERATION==6u){return Mf(e);}if(OPERATION==7u){return ig(e);}if(OPERATION==8u){return e/(1.+abs(e));}if(OPERATION==9u){return e*Pe(e);}if(OPERATION==10u){return e*rc(2.*we(e));}if(OPERATION==11u){return e*rc(v*e);}if(OPERATION==12u){return e*clamp(e/6.+0.5,0.,1.);}if(OPERATION==13u){let I=exp(min(e,20.));let G=I*(I+2.);return e*(G/(G+2.));}if(OPERATION==14u){return select(0.,e,e>v);}return min(max(e,v),sa);}fn Ca(e:f32)->f32{let v=sizes.alpha;let sa=sizes.beta;if(OPERATION==0u){return select(v,1.,e>0.);}if(OPERATION==1u){return select(v*exp(min(e,0.)),1.,e>0.);}if(OPERATION==2u){return sa*select(v*exp(min(e,0.)),1.,e>0.);}if(OPERATION==3u){return select(exp(min(e/v,60.)),1.,e>0.);}if(OPERATION==4u){return cd(e);}if(OPERATION==5u){return select(0.,v,v*e+sa>0.&&v*e+sa<1.);}if(OPERATION==6u){return 4.*cd(2.*e);}if(OPERATION==7u){return rc(e);}if(OPERATION==8u){return 1./((1.+abs(e))*(1.+abs(e)));}if(OPERATION==9u){return Pe(e)+e*0.39894228*exp(-0.5*e*e);}if(OPERATION==10u){let cb=2.*we(e);return rc(cb)+e*cd(cb)*1.59576912*(1.+0.134145*e*e);}if(OPERATION==11u){return rc(v*e)+v*e*cd(v*e);}if(OPERATION==12u){return select(select(e/3.+0.5,1.,e>=3.),0.,e<=-3.);}if(OPERATION==13u){let I=exp(min(e,20.));let G=I*(I+2.);return G/(G+2.)+e*4.*(I*(I+1.)/(G+2.))/(G+2.);}if(OPERATION==14u){return select(0.,1.,e>v);}return select(0.,1.,e>v&&e<sa);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ca(e.x),Ca(e.y),Ca(e.z),Ca(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  adam: {
    source: `struct Sizes{count:u32,beta1:f32,beta2:f32,epsilon:f32,weightDecay:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>stepSize:array<f32>;@group(0)@binding(3)var<storage,read>secondCorrection:array<f32>;@group(0)@binding(4)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(5)var<storage,read_write>firstMoment:array<vec4f>;@group(0)@binding(6)var<storage,read_write>secondMoment:array<vec4f>;@group(0)@binding(7)var<storage,read>places:array<u32>;const qd=5u;const rd=4u;fn Tc(Kd:u32,Ec:u32,ue:u32,Ye:u32){let j=parameter[Ec];let N=gradient[Kd]+sizes.weightDecay*j;let Me=sizes.beta1*firstMoment[ue]+(1.-sizes.beta1)*N;let s=sizes.beta2*secondMoment[Ye]+(1.-sizes.beta2)*N*N;firstMoment[ue]=Me;secondMoment[Ye]=s;parameter[Ec]=j-stepSize[0]*Me/(sqrt(s)/secondCorrection[0]+sizes.epsilon);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}Tc(g,g,g,g);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let h=qd*(f.x/64u+f.y*l.x);if(h>=arrayLength(&places)){return;}let Ea=places[h+4u];for(var round=0u;round<rd;round++){let g=round*64u+f.x%64u;if(g<Ea){Tc(places[h]+g,places[h+1u]+g,places[h+2u]+g,places[h+3u]+g);}}}`,
    uses: { main: [[0, 1, 2, 3, 4, 5, 6]], many: [[0, 1, 2, 3, 4, 5, 6, 7]] },
  },
  'average-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,padBottom:u32,padRight:u32,countPadding:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn xd(r:i32,Bc:u32,yb:u32,X:i32,aa:i32)->vec2u{let ma=u32(max(aa-r,0))+yb-1u;return vec2u((u32(max(X-r,0))+yb-1u)/yb,min(Bc,ma/yb));}fn qe(r:i32,Bc:u32,yb:u32,O:u32,bg:u32,ag:u32)->f32{var X=0;var aa=i32(O);if(sizes.countPadding==1u){X=-i32(bg);aa=i32(O+ag);}let wd=xd(r,Bc,yb,X,aa);return f32(max(wd.y,wd.x)-wd.x);}fn Ub(Na:u32,Ka:u32)->f32{let Da=i32(Na*sizes.strideY)-i32(sizes.padTop);let na=i32(Ka*sizes.strideX)-i32(sizes.padLeft);return max(qe(Da,sizes.kernelHeight,sizes.dilationY,sizes.height,sizes.padTop,sizes.padBottom)*qe(na,sizes.kernelWidth,sizes.dilationX,sizes.width,sizes.padLeft,sizes.padRight),1.);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*ta){return;}let B=(g/ta)*sizes.height*sizes.width;let Na=(g/sizes.outputWidth)%sizes.outputHeight;let Ka=g%sizes.outputWidth;let Da=i32(Na*sizes.strideY)-i32(sizes.padTop);let na=i32(Ka*sizes.strideX)-i32(sizes.padLeft);let ea=xd(Da,sizes.kernelHeight,sizes.dilationY,0,i32(sizes.height));let Ja=xd(na,sizes.kernelWidth,sizes.dilationX,0,i32(sizes.width));var A=0.;for(var va=ea.x;va<ea.y;va++){let D=B+u32(Da+i32(va*sizes.dilationY))*sizes.width;for(var ua=Ja.x;ua<Ja.y;ua++){A+=input[D+u32(na+i32(ua*sizes.dilationX))];}}output[g]=A/Ub(Na,Ka);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.height*sizes.width;if(g>=sizes.planes*ta){return;}let B=(g/ta)*sizes.outputHeight*sizes.outputWidth;let o=(g/sizes.width)%sizes.height+sizes.padTop;let e=g%sizes.width+sizes.padLeft;let Zc=(sizes.kernelHeight-1u)*sizes.dilationY;let Yc=(sizes.kernelWidth-1u)*sizes.dilationX;let Jf=(max(o,Zc)-Zc+sizes.strideY-1u)/sizes.strideY;let If=(max(e,Yc)-Yc+sizes.strideX-1u)/sizes.strideX;let Ff=min(o/sizes.strideY+1u,sizes.outputHeight);let Ef=min(e/sizes.strideX+1u,sizes.outputWidth);var A=0.;for(var Na=Jf;Na<Ff;Na++){if((o-Na*sizes.strideY)%sizes.dilationY!=0u){continue;}for(var Ka=If;Ka<Ef;Ka++){if((e-Ka*sizes.strideX)%sizes.dilationX!=0u){continue;}A+=input[B+Na*sizes.outputWidth+Ka]/Ub(Na,Ka);}}output[g]=A;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2]] },
  },
  'batch-norm': {
    source: `struct Sizes{batch:u32,channels:u32,spatial:u32,splits:u32,runLength:u32,epsilon:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>variance:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read>cotangent:array<f32>;@group(0)@binding(7)var<storage,read_write>output:array<f32>;@group(0)@binding(8)var<storage,read>partials:array<f32>;@group(0)@binding(9)var<storage,read_write>scaleGradient:array<f32>;@group(0)@binding(10)var<storage,read_write>shiftGradient:array<f32>;@group(0)@binding(11)var<storage,read_write>table:array<vec4f>;fn Qd(d:u32)->vec2u{let Ea=sizes.batch*sizes.spatial;let Qe=(Ea+sizes.splits-1u)/sizes.splits;let r=(d%sizes.splits)*Qe;return vec2u(min(r,Ea),min(r+Qe,Ea));}struct jc{at:u32,planeEnd:u32}fn Wd(zb:u32,S:u32)->jc{let B=((zb/sizes.spatial)*sizes.channels+S)*sizes.spatial;return jc(B+zb%sizes.spatial,B+sizes.spatial);}fn hb(La:jc)->jc{if(La.at+1u<La.planeEnd){return jc(La.at+1u,La.planeEnd);}let af=sizes.channels*sizes.spatial;return jc(La.planeEnd+af-sizes.spatial,La.planeEnd+af);}fn xc(S:u32)->f32{return sqrt(variance[S]+sizes.epsilon);}fn Od(d:u32)->vec3u{let Lc=(sizes.spatial+sizes.runLength-1u)/sizes.runLength;let B=d/Lc;if(B>=sizes.batch*sizes.channels){return vec3u();}let r=(d-B*Lc)*sizes.runLength;let h=B*sizes.spatial;return vec3u(h+r,h+min(r+sizes.runLength,sizes.spatial),B%sizes.channels);}@compute@workgroup_size(64,1,1)fn partialSums(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.channels*sizes.splits){return;}let S=d/sizes.splits;let ya=Qd(d);var A=0.;var La=Wd(ya.x,S);for(var I=ya.x;I<ya.y;I++){A+=input[La.at];La=hb(La);}output[d]=A;}@compute@workgroup_size(64,1,1)fn partialSquares(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.channels*sizes.splits){return;}let S=d/sizes.splits;let ya=Qd(d);let bc=mean[S];var A=0.;var La=Wd(ya.x,S);for(var I=ya.x;I<ya.y;I++){let N=input[La.at]-bc;A+=N*N;La=hb(La);}output[d]=A;}@compute@workgroup_size(64,1,1)fn combine(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let S=f.x+f.y*l.x*64u;if(S>=sizes.channels){return;}var A=0.;for(var g=0u;g<sizes.splits;g++){A+=partials[S*sizes.splits+g];}output[S]=A/f32(sizes.batch*sizes.spatial);}@compute@workgroup_size(64,1,1)fn normalize(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let ya=Od(f.x+f.y*l.x*64u);let S=ya.z;let bc=mean[S];let zc=scale[S]/xc(S);let pf=shift[S];for(var g=ya.x;g<ya.y;g++){output[g]=(input[g]-bc)*zc+pf;}}@compute@workgroup_size(64,1,1)fn tabulate(@builtin(global_invocation_id)f:vec3u){let S=f.x;if(S>=sizes.channels){return;}table[S]=vec4f(mean[S],scale[S]/xc(S),shift[S],0.);}@compute@workgroup_size(64,1,1)fn partialGradients(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.channels*sizes.splits){return;}let S=d/sizes.splits;let ya=Qd(d);var A=0.;var ac=0.;let bc=mean[S];let gd=1./xc(S);var La=Wd(ya.x,S);for(var I=ya.x;I<ya.y;I++){let Wb=cotangent[La.at];A+=Wb;ac+=Wb*((input[La.at]-bc)*gd);La=hb(La);}output[2u*d]=A;output[2u*d+1u]=ac;}@compute@workgroup_size(64,1,1)fn combineGradients(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let S=f.x+f.y*l.x*64u;if(S>=sizes.channels){return;}var A=0.;var ac=0.;for(var g=0u;g<sizes.splits;g++){A+=partials[2u*(S*sizes.splits+g)];ac+=partials[2u*(S*sizes.splits+g)+1u];}shiftGradient[S]=A;scaleGradient[S]=ac;}@group(0)@binding(9)var<storage,read>scaleSums:array<f32>;@group(0)@binding(10)var<storage,read>shiftSums:array<f32>;@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let ya=Od(f.x+f.y*l.x*64u);let S=ya.z;let Ea=f32(sizes.batch*sizes.spatial);let bc=mean[S];let gd=1./xc(S);let Af=shiftSums[S]/Ea;let Ca=scaleSums[S]/Ea*gd;let zc=scale[S]*gd;for(var g=ya.x;g<ya.y;g++){output[g]=(cotangent[g]-Af-(input[g]-bc)*Ca)*zc;}}@compute@workgroup_size(64,1,1)fn inferenceGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let ya=Od(f.x+f.y*l.x*64u);let zc=scale[ya.z]/xc(ya.z);for(var g=ya.x;g<ya.y;g++){output[g]=cotangent[g]*zc;}}`,
    uses: {
      partialSums: [[0, 1, 7]],
      partialSquares: [[0, 1, 2, 7]],
      combine: [[0, 7, 8]],
      normalize: [[0, 1, 2, 3, 4, 5, 7]],
      tabulate: [[0, 2, 3, 4, 5, 11]],
      partialGradients: [[0, 1, 2, 3, 6, 7]],
      combineGradients: [[0, 8, 9, 10]],
      inputGradient: [[0, 1, 2, 3, 4, 6, 7, 12, 13]],
      inferenceGradient: [[0, 3, 4, 6, 7]],
    },
  },
  bias: {
    source: `struct Sizes{segments:u32,segmentLength:u32,runLength:u32,channels:u32,biasStep:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>bias:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let Lc=(sizes.segmentLength+sizes.runLength-1u)/sizes.runLength;let hd=g/Lc;if(hd>=sizes.segments){return;}let r=(g-hd*Lc)*sizes.runLength;let la=min(r+sizes.runLength,sizes.segmentLength);let h=hd*sizes.segmentLength;var S=select(hd%sizes.channels,r,sizes.biasStep==1u);for(var m=r;m<la;m++){output[h+m]=input[h+m]+bias[S];S+=sizes.biasStep;}}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'binary-integer': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<i32>;@group(0)@binding(2)var<storage,read>b:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Nb(e:i32,o:i32)->i32{if(o<0){if(e==-1){return select(1,-1,(o&1)==1);}return select(0,1,e==1);}var Ve=1;var fa=e;for(var W=o;W>0;W=W>>1u){if((W&1)==1){Ve*=fa;}fa*=fa;}return Ve;}fn lc(e:i32,o:i32)->i32{if(OPERATION==0u){return i32(e==o);}if(OPERATION==1u){return i32(e<o);}if(OPERATION==2u){return i32(e<=o);}if(OPERATION==3u){return i32(e>o);}if(OPERATION==4u){return i32(e>=o);}if(OPERATION==5u){return i32(e!=0&&o!=0);}if(OPERATION==6u){return i32(e!=0||o!=0);}if(OPERATION==7u){return i32((e!=0)!=(o!=0));}if(OPERATION==8u){return e+o;}if(OPERATION==9u){return e-o;}if(OPERATION==10u){return e*o;}if(OPERATION==11u){return e/o;}if(OPERATION==12u){return Nb(e,o);}if(OPERATION==13u){let i=e%o;return select(i,i+o,i!=0&&(i<0)!=(o<0));}if(OPERATION==14u){return e%o;}if(OPERATION==15u){return min(e,o);}return max(e,o);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var lb=0u;var mb=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let O=sizes.outputSize[u][i];let pa=W%O;W=W/O;lb+=pa*sizes.aStride[u][i];mb+=pa*sizes.bStride[u][i];}output[g]=lc(a[lb],b[mb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  binary: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(1)var<storage,read>a4:array<vec4f>;@group(0)@binding(2)var<storage,read>b4:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output4:array<vec4f>;fn Nb(e:f32,o:f32)->f32{if(o==0.){return 1.;}if(o==1.){return e;}if(o==2.){return e*e;}if(e==0.){return select(1./abs(e),0.,o>0.);}if(e>0.){return pow(e,o);}if(o!=floor(o)){return sqrt(e);}let O=pow(-e,o);return select(O,-O,o!=2.*floor(0.5*o));}fn Lb(e:f32,o:f32)->f32{var i=e-o*floor(e/o);if(i!=0.&&(i<0.)!=(o<0.)){i+=o;}if(abs(i)>=abs(o)){i-=o;}return i;}fn fg(e:f32,o:f32)->f32{return select(Lb(abs(e),abs(o)),-Lb(abs(e),abs(o)),e<0.);}fn dg(e:f32,o:f32)->f32{if(o==0.){return 0.;}return o*Nb(e,o-1.);}fn eg(e:f32,o:f32)->f32{if(e==0.&&o>=0.){return 0.;}return Nb(e,o)*log(e);}fn Xc(e:f32,o:f32)->f32{if(OPERATION==5u){return Nb(e,o);}if(OPERATION==6u){return Lb(e,o);}if(OPERATION==7u){return fg(e,o);}if(OPERATION==11u){return dg(e,o);}return eg(e,o);}fn lc(e:vec4f,o:vec4f)->vec4f{if(OPERATION==0u){return e+o;}if(OPERATION==1u){return e-o;}if(OPERATION==2u){return e*o;}if(OPERATION==3u){return e/o;}if(OPERATION==4u){return select(vec4f(0.),e,o>vec4f(0.));}if(OPERATION==8u){return min(e,o);}if(OPERATION==9u){return max(e,o);}if(OPERATION==10u){return select(e*o,e,e>vec4f(0.));}return vec4f(Xc(e.x,o.x),Xc(e.y,o.y),Xc(e.z,o.z),Xc(e.w,o.w));}@compute@workgroup_size(64,1,1)fn same(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}output4[g]=lc(a4[g],b4[g]);}@compute@workgroup_size(64,1,1)fn broadcast(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var lb=0u;var mb=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let O=sizes.outputSize[u][i];let pa=W%O;W=W/O;lb+=pa*sizes.aStride[u][i];mb+=pa*sizes.bStride[u][i];}output[g]=lc(vec4f(a[lb]),vec4f(b[mb])).x;}`,
    uses: { same: [[0, 4, 5, 6]], broadcast: [[0, 1, 2, 3]] },
  },
  compare: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<u32>;@group(0)@binding(2)var<storage,read>b:array<u32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Fe(Sa:u32)->bool{return(Sa&0x7fffffffu)>0x7f800000u;}fn lc(be:u32,he:u32)->i32{if(Fe(be)||Fe(he)){return 0;}let e=bitcast<f32>(be);let o=bitcast<f32>(he);if(OPERATION==0u){return i32(e==o);}if(OPERATION==1u){return i32(e<o);}if(OPERATION==2u){return i32(e<=o);}if(OPERATION==3u){return i32(e>o);}return i32(e>=o);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var lb=0u;var mb=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let O=sizes.outputSize[u][i];let pa=W%O;W=W/O;lb+=pa*sizes.aStride[u][i];mb+=pa*sizes.bStride[u][i];}output[g]=lc(a[lb],b[mb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'conv2d-depthwise-columns': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,flip:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}fn Ab(B:u32,L:i32,ha:u32)->f32{return select(0.,input[(B+u32(L))*sizes.inputWidth+ha],u32(L)<sizes.inputHeight);}@compute@workgroup_size(64,1,1)fn convolve(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let ab=(sizes.outputHeight+sizes.spreadHeight-1u)/sizes.spreadHeight;let bb=(ab+3u)/4u;let qc=n/sizes.outputWidth;let ha=n-qc*sizes.outputWidth;let ec=qc/bb;let Vb=(qc-ec*bb)*4u;let Cb=ec/sizes.spreadHeight;let Wa=ec-Cb*sizes.spreadHeight;if(Cb>=sizes.batch*sizes.outputChannels){return;}let G=Cb/sizes.outputChannels;let V=Cb-G*sizes.outputChannels;let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let Y=V/T;let E=sizes.kernelHeight*sizes.kernelWidth;let id=sizes.strideHeight*sizes.dilationHeight*sizes.spreadHeight==1u;let Ib=i32(Vb*sizes.strideHeight);var q=vec4f();for(var J=0u;J<K;J++){let B=(G*sizes.inputChannels+Y*K+J)*sizes.inputHeight;let Za=select(V*K+J,(Y*K+J)*T+V-Y*T,sizes.flip!=0u)*E;for(var C=0u;C<sizes.kernelWidth;C++){let Aa=i32(ha*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;let U=u32(Aa/i32(sizes.spreadWidth));if(Aa<0||Aa%i32(sizes.spreadWidth)!=0||U>=sizes.inputWidth){continue;}var xa=vec4f();if(id){let L=Ib-sizes.padTop;xa=vec4f(0.,Ab(B,L,U),Ab(B,L+1,U),Ab(B,L+2,U));}for(var g=0u;g<sizes.kernelHeight;g++){let Ma=i32(Wa+g*sizes.dilationHeight)-sizes.padTop;if(Ma%i32(sizes.spreadHeight)!=0){continue;}let L=Ib+Ma/i32(sizes.spreadHeight);let step=i32(sizes.strideHeight);let ma=Ab(B,L+3*step,U);if(id){xa=vec4f(xa.yzw,ma);}else{xa=vec4f(Ab(B,L,U),Ab(B,L+step,U),Ab(B,L+2*step,U),ma);}let ja=g*sizes.kernelWidth+C;q=fma(xa,vec4f(weight[Za+select(ja,E-1u-ja,sizes.flip!=0u)]),q);}}}for(var d=0u;d<4u;d++){let L=(Vb+d)*sizes.spreadHeight+Wa;if(L<sizes.outputHeight){let h=(Cb*sizes.outputHeight+L)*sizes.outputWidth+ha;output[h]=finished(q[d],V,h);}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-depthwise-strips': {
    source: `struct Sizes{batch:u32,channels:u32,inputHeight:u32,inputWidth:u32,outputHeight:u32,outputWidth:u32,padTop:i32,firstStep:i32,steps:u32,stepsPerStrip:u32,imagesPerSplit:u32,flip:u32}const KERNEL=3u;const STRIDE=1u;const PAD_LEFT=1u;const VECTORS=0u;const xb=KERNEL*KERNEL;const ga=(KERNEL+STRIDE-1u)/STRIDE;const Wc=3u*STRIDE+KERNEL;const Va=4u*STRIDE;const Vc=(KERNEL-1u-PAD_LEFT)/STRIDE;const Ra=Vc+(Va-1u+PAD_LEFT)/STRIDE+1u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(3)var<storage,read>weight:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@group(0)@binding(5)var<storage,read_write>outputVectors:array<vec4f>;@group(0)@binding(6)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(7)var<storage,read>cotangentVectors:array<vec4f>;@group(0)@binding(8)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(9)var<storage,read_write>inputCotangentVectors:array<vec4f>;@group(0)@binding(10)var<storage,read_write>partials:array<f32>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}fn finishedVectors(H:vec4f,S:u32,h:u32)->vec4f{return H;}struct Zd{planeIndex:u32,tile:u32,begin:u32,end:u32}fn Oc(n:u32,bb:u32)->Zd{let cf=(sizes.steps+sizes.stepsPerStrip-1u)/sizes.stepsPerStrip;let ha=n/bb;let B=ha/cf;let t=(ha-B*cf)*sizes.stepsPerStrip;return Zd(B,n-ha*bb,t,min(t+sizes.stepsPerStrip,sizes.steps));}fn md(B:u32)->array<f32,xb>{let t=B%sizes.channels*xb;var E:array<f32,xb>;for(var d=0u;d<xb;d++){E[d]=weight[t+select(d,xb-1u-d,sizes.flip!=0u)];}return E;}fn bd(B:u32,L:u32,u:u32)->array<f32,Wc>{let r=(B*sizes.inputHeight+L)*sizes.inputWidth;let Ba=select(0u,sizes.inputWidth,L<sizes.inputHeight);let t=u*STRIDE-PAD_LEFT;var ka:array<f32,Wc>;for(var d=0u;d<Wc;d++){let Q=(d+4u-PAD_LEFT%4u)%4u;if(VECTORS==1u&&d>=Q&&d-Q+4u<=Wc){if(Q==0u){let eb=inputVectors[(r+t+d)/4u];let pb=t+d<Ba;ka[d]=select(0.,eb.x,pb);ka[d+1u]=select(0.,eb.y,pb);ka[d+2u]=select(0.,eb.z,pb);ka[d+3u]=select(0.,eb.w,pb);}}else{ka[d]=select(0.,input[r+t+d],t+d<Ba);}}return ka;}fn pe(B:u32,j:u32,u:u32)->array<f32,Ra>{let r=(B*sizes.outputHeight+j)*sizes.outputWidth;let Ba=select(0u,sizes.outputWidth,j<sizes.outputHeight);let t=u-Vc;var ka:array<f32,Ra>;for(var d=0u;d<Ra;d++){let Q=(d+4u-Vc%4u)%4u;if(VECTORS==1u&&d>=Q&&d-Q+4u<=Ra){if(Q==0u){let eb=cotangentVectors[(r+t+d)/4u];let pb=t+d<Ba;ka[d]=select(0.,eb.x,pb);ka[d+1u]=select(0.,eb.y,pb);ka[d+2u]=select(0.,eb.z,pb);ka[d+3u]=select(0.,eb.w,pb);}}else{ka[d]=select(0.,outputCotangent[r+t+d],t+d<Ba);}}return ka;}fn ve(q:array<vec4f,ga>,B:u32,j:u32,u:u32,E:array<f32,xb>)->array<vec4f,ga>{var hb=array<vec4f,ga>();for(var N=1u;N<ga;N++){hb[N]=q[N-1u];}for(var i=0u;i<STRIDE;i++){let ka=bd(B,u32(i32(j*STRIDE+i)-sizes.padTop),u);for(var N=0u;N<ga;N++){let g=i+N*STRIDE;if(g<KERNEL){for(var C=0u;C<KERNEL;C++){let eb=vec4f(ka[C],ka[STRIDE+C],ka[2u*STRIDE+C],ka[3u*STRIDE+C]);hb[N]=fma(eb,vec4f(E[g*KERNEL+C]),hb[N]);}}}}return hb;}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let ca=Oc(f.x+f.y*(R.x*64u),(sizes.outputWidth+3u)/4u);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let u=ca.tile*4u;let E=md(ca.planeIndex);var q:array<vec4f,ga>;for(var j=ca.begin;j<ca.end+ga-1u;j++){let hb=ve(q,ca.planeIndex,j,u,E);for(var N=0u;N<ga;N++){q[N]=hb[N];}if(j>=ca.begin+ga-1u){let h=(ca.planeIndex*sizes.outputHeight+j-(ga-1u))*sizes.outputWidth+u;for(var d=0u;d<4u;d++){if(u+d<sizes.outputWidth){output[h+d]=finished(q[ga-1u][d],ca.planeIndex%sizes.channels,h+d);}}}}}@compute@workgroup_size(64,1,1)fn forwardVectors(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let ca=Oc(f.x+f.y*(R.x*64u),sizes.outputWidth/4u);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let u=ca.tile*4u;let E=md(ca.planeIndex);var q:array<vec4f,ga>;for(var j=ca.begin;j<ca.end+ga-1u;j++){let hb=ve(q,ca.planeIndex,j,u,E);for(var N=0u;N<ga;N++){q[N]=hb[N];}if(j>=ca.begin+ga-1u){let h=(ca.planeIndex*sizes.outputHeight+j-(ga-1u))*sizes.outputWidth+u;outputVectors[h/4u]=finishedVectors(q[ga-1u],ca.planeIndex%sizes.channels,h/4u);}}}fn De(ea:array<f32,ga*Ra>,E:array<f32,xb>)->array<f32,STRIDE*Va>{var q=array<f32,STRIDE*Va>();for(var g=0u;g<KERNEL;g++){for(var C=0u;C<KERNEL;C++){for(var d=0u;d<Va;d++){let Aa=d+PAD_LEFT+KERNEL*STRIDE-C;if(Aa%STRIDE==0u){let H=ea[g/STRIDE*Ra+Aa/STRIDE+Vc-KERNEL];let h=g%STRIDE*Va+d;q[h]=fma(H,E[g*KERNEL+C],q[h]);}}}}return q;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let ca=Oc(f.x+f.y*(R.x*64u),(sizes.inputWidth+Va-1u)/Va);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let U=ca.tile*Va;let E=md(ca.planeIndex);let t=sizes.firstStep+i32(ca.begin);var ea:array<f32,ga*Ra>;for(var j=t-i32(ga-1u);j<sizes.firstStep+i32(ca.end);j++){for(var d=ga*Ra-1u;d>=Ra;d--){ea[d]=ea[d-Ra];}let D=pe(ca.planeIndex,u32(j),ca.tile*4u);for(var d=0u;d<Ra;d++){ea[d]=D[d];}if(j>=t){let q=De(ea,E);for(var i=0u;i<STRIDE;i++){let L=u32(j*i32(STRIDE)+i32(i)-sizes.padTop);let h=(ca.planeIndex*sizes.inputHeight+L)*sizes.inputWidth+U;for(var d=0u;d<Va;d++){if(L<sizes.inputHeight&&U+d<sizes.inputWidth){inputCotangent[h+d]=q[i*Va+d];}}}}}}@compute@workgroup_size(64,1,1)fn inputGradientVectors(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let ca=Oc(f.x+f.y*(R.x*64u),(sizes.inputWidth+Va-1u)/Va);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let U=ca.tile*Va;let E=md(ca.planeIndex);let t=sizes.firstStep+i32(ca.begin);var ea:array<f32,ga*Ra>;for(var j=t-i32(ga-1u);j<sizes.firstStep+i32(ca.end);j++){for(var d=ga*Ra-1u;d>=Ra;d--){ea[d]=ea[d-Ra];}let D=pe(ca.planeIndex,u32(j),ca.tile*4u);for(var d=0u;d<Ra;d++){ea[d]=D[d];}if(j>=t){let q=De(ea,E);for(var i=0u;i<STRIDE;i++){let L=u32(j*i32(STRIDE)+i32(i)-sizes.padTop);let h=(ca.planeIndex*sizes.inputHeight+L)*sizes.inputWidth+U;for(var d=0u;d<Va;d+=4u){if(L<sizes.inputHeight&&U+d<sizes.inputWidth){let F=i*Va+d;inputCotangentVectors[(h+d)/4u]=vec4f(q[F],q[F+1u],q[F+2u],q[F+3u]);}}}}}}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let ba=n/sizes.channels;let S=n-ba*sizes.channels;let ca=Oc(ba,(sizes.outputWidth+3u)/4u);let Ed=ca.planeIndex*sizes.imagesPerSplit;if(Ed>=sizes.batch){return;}let u=ca.tile*4u;var q:array<vec4f,xb>;for(var G=Ed;G<min(Ed+sizes.imagesPerSplit,sizes.batch);G++){let B=G*sizes.channels+S;var ea=array<vec4f,ga>();for(var j=ca.begin;j<ca.end+ga-1u;j++){for(var N=ga-1u;N>0u;N--){ea[N]=ea[N-1u];}let h=(B*sizes.outputHeight+j)*sizes.outputWidth+u;let Ba=select(0u,sizes.outputWidth,j<ca.end);if(VECTORS==1u){ea[0]=select(vec4f(),cotangentVectors[h/4u],u<Ba);}else{ea[0]=vec4f(select(0.,outputCotangent[h],u<Ba),select(0.,outputCotangent[h+1u],u+1u<Ba),select(0.,outputCotangent[h+2u],u+2u<Ba),select(0.,outputCotangent[h+3u],u+3u<Ba));}for(var i=0u;i<STRIDE;i++){let ka=bd(B,u32(i32(j*STRIDE+i)-sizes.padTop),u);for(var N=0u;N<ga;N++){let g=i+N*STRIDE;if(g<KERNEL){for(var C=0u;C<KERNEL;C++){let eb=vec4f(ka[C],ka[STRIDE+C],ka[2u*STRIDE+C],ka[3u*STRIDE+C]);q[g*KERNEL+C]=fma(eb,ea[N],q[g*KERNEL+C]);}}}}}}for(var d=0u;d<xb;d++){partials[n*xb+d]=q[d].x+q[d].y+q[d].z+q[d].w;}}`,
    uses: {
      forward: [[0, 1, 2, 3, 4], 'finished'],
      forwardVectors: [[0, 1, 2, 3, 5], 'finishedVectors'],
      inputGradient: [[0, 3, 6, 7, 8]],
      inputGradientVectors: [[0, 3, 6, 7, 9]],
      weightGradient: [[0, 1, 2, 6, 7, 10]],
    },
  },
  'conv2d-depthwise': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,flip:u32}const PIXELS=8u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}fn Ob(V:u32,ja:u32,E:u32)->f32{return weight[V*E+select(ja,E-1u-ja,sizes.flip!=0u)];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let Xa=(sizes.outputWidth+PIXELS-1u)/PIXELS;if(n>=sizes.batch*sizes.outputChannels*sizes.outputHeight*Xa){return;}let Pd=n/Xa;let u=(n-Pd*Xa)*PIXELS;let Cb=Pd/sizes.outputHeight;let j=Pd-Cb*sizes.outputHeight;let G=Cb/sizes.outputChannels;let V=Cb-G*sizes.outputChannels;var ob=Cb;if(sizes.outputChannels!=sizes.groups){ob=G*sizes.groups+V/(sizes.outputChannels/sizes.groups);}let B=ob*sizes.inputHeight;let E=sizes.kernelHeight*sizes.kernelWidth;let id=sizes.strideWidth==1u&&sizes.dilationWidth==1u;var q:array<f32,PIXELS>;var xa:array<f32,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){let L=u32(i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop);let Ba=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=(B+L)*sizes.inputWidth;if(id){let t=i32(u)-sizes.padLeft;for(var d=1u;d<PIXELS;d++){let U=u32(t+i32(d)-1);xa[d]=select(0.,input[D+U],U<Ba);}for(var C=0u;C<sizes.kernelWidth;C++){for(var d=1u;d<PIXELS;d++){xa[d-1u]=xa[d];}let U=u32(t+i32(PIXELS-1u+C));xa[PIXELS-1u]=select(0.,input[D+U],U<Ba);let H=Ob(V,g*sizes.kernelWidth+C,E);for(var d=0u;d<PIXELS;d++){q[d]+=xa[d]*H;}}continue;}for(var C=0u;C<sizes.kernelWidth;C++){let H=Ob(V,g*sizes.kernelWidth+C,E);let t=i32(u*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;for(var d=0u;d<PIXELS;d++){let U=u32(t+i32(d*sizes.strideWidth));q[d]+=select(0.,input[D+U],U<Ba)*H;}}}let h=((G*sizes.outputChannels+V)*sizes.outputHeight+j)*sizes.outputWidth+u;for(var d=0u;d<PIXELS;d++){if(u+d<sizes.outputWidth){output[h+d]=finished(q[d],V,h+d);}}}`,
    uses: { forward: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-direct': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,rowsPerStage:u32,channelsPerStage:u32}const VECTORS=1u;const ic=VECTORS*4u;const Oa=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>Sd:array<vec4f,512>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let Ya=(T+ic-1u)/ic;var n=workgroup.x+workgroup.y*R.x;let Pa=n%Ya*ic;n/=Ya;let Y=n%sizes.groups;n/=sizes.groups;let ib=n%sizes.spreadWidth;n/=sizes.spreadWidth;let Wa=n%sizes.spreadHeight;let db=n/sizes.spreadHeight*256u;if(Wa>=sizes.outputHeight||ib>=sizes.outputWidth){return;}let ab=(sizes.outputHeight-Wa+sizes.spreadHeight-1u)/sizes.spreadHeight;let tb=(sizes.outputWidth-ib+sizes.spreadWidth-1u)/sizes.spreadWidth;let fb=sizes.batch*ab*tb;if(db>=fb){return;}let ob=sizes.inputHeight*sizes.inputWidth;let Cc=sizes.outputHeight*sizes.outputWidth;var ea:array<i32,4>;var Ja:array<i32,4>;var Mc:array<u32,4>;var wc:array<u32,4>;for(var d=0u;d<4u;d++){let Yb=min(db+Q+64u*d,fb-1u);let ec=Yb/tb;let G=ec/ab;let D=ec-G*ab;let ha=Yb-ec*tb;ea[d]=i32(D*sizes.strideHeight);Ja[d]=i32(ha*sizes.strideWidth);Mc[d]=(G*sizes.inputChannels+Y*K)*ob;let h=(D*sizes.spreadHeight+Wa)*sizes.outputWidth+ha*sizes.spreadWidth+ib;wc[d]=(G*sizes.outputChannels+Y*T+Pa)*Cc+h;}let E=sizes.kernelHeight*sizes.kernelWidth;let ia=(T+7u)/8u;let kg=sizes.rowsPerStage*sizes.kernelWidth*sizes.channelsPerStage*VECTORS;var q:array<vec4f,ic>;for(var t=0u;t<K;t+=sizes.channelsPerStage){for(var Da=0u;Da<sizes.kernelHeight;Da+=sizes.rowsPerStage){for(var Ha=Q;Ha<min(kg,512u);Ha+=64u){let qc=Ha/VECTORS;let ja=Da*sizes.kernelWidth+qc/sizes.channelsPerStage;let J=t+qc%sizes.channelsPerStage;let Zb=Pa/4u+Ha%VECTORS;if(J<K&&ja<E&&Zb/2u<ia){let Ta=(Y*ia+Zb/2u)*K+J;Sd[Ha]=packed[(Ta*E+ja)*2u+Zb%2u];}else{Sd[Ha]=vec4f();}}workgroupBarrier();let Ea=min(sizes.channelsPerStage,K-t);for(var g=Da;g<min(sizes.kernelHeight,Da+sizes.rowsPerStage);g++){let Ma=i32(Wa+g*sizes.dilationHeight)-sizes.padTop;if(Ma%i32(sizes.spreadHeight)!=0){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let Aa=i32(ib+C*sizes.dilationWidth)-sizes.padLeft;if(Aa%i32(sizes.spreadWidth)!=0){continue;}var wa:array<u32,4>;for(var d=0u;d<4u;d++){let L=u32(ea[d]+Ma/i32(sizes.spreadHeight));let U=u32(Ja[d]+Aa/i32(sizes.spreadWidth));let Fb=L<sizes.inputHeight&&U<sizes.inputWidth;wa[d]=select(Oa,Mc[d]+L*sizes.inputWidth+U,Fb);}let Vd=((g-Da)*sizes.kernelWidth+C)*sizes.channelsPerStage;for(var J=0u;J<Ea;J++){let r=(t+J)*ob;let Ga=vec4f(select(0.,input[wa[0]+r],wa[0]!=Oa),select(0.,input[wa[1]+r],wa[1]!=Oa),select(0.,input[wa[2]+r],wa[2]!=Oa),select(0.,input[wa[3]+r],wa[3]!=Oa));for(var s=0u;s<VECTORS;s++){let na=Sd[(Vd+J)*VECTORS+s];for(var d=0u;d<4u;d++){q[4u*s+d]=fma(vec4f(na[d]),Ga,q[4u*s+d]);}}}}}workgroupBarrier();}}let step=min(sizes.batch,1u);for(var i=0u;i<min(ic,T-Pa);i+=step){var ka=q[0];for(var d=1u;d<ic;d++){ka=select(ka,q[d],d==i);}for(var d=0u;d<4u;d++){if(db+Q+64u*d<fb){let h=wc[d]+i*Cc;output[h]=finished(ka[d],Y*T+Pa+i,h);}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-input-gradient': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}const PIXELS=8u;const Oa=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>inputCotangent:array<f32>;fn Eb(h:u32,B:u32,fb:u32,K:u32,q:array<array<vec4f,2>,PIXELS>){let step=min(sizes.batch,1u);for(var j=0u;j<min(fb,PIXELS);j+=step){var X=q[0][0];var aa=q[0][1];for(var d=1u;d<PIXELS;d++){X=select(X,q[d][0],d==j);aa=select(aa,q[d][1],d==j);}let Ib=h+j*sizes.strideWidth;for(var s=0u;s<min(K,8u);s+=step){let qa=select(X,aa,(s&4u)!=0u);let Qa=select(qa.xy,qa.zw,(s&2u)!=0u);inputCotangent[Ib+s*B]=select(Qa.x,Qa.y,(s&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(K+7u)/8u;let Ac=workgroup.x+workgroup.y*R.x;let Ta=Ac%ia;let Y=(Ac/ia)%sizes.groups;let ib=(Ac/(ia*sizes.groups))%sizes.strideWidth;let Wa=(Ac/(ia*sizes.groups*sizes.strideWidth))%sizes.strideHeight;let Ia=Ac/(ia*sizes.groups*sizes.strideWidth*sizes.strideHeight)*64u+Q;let ab=(sizes.inputHeight+sizes.strideHeight-1u)/sizes.strideHeight;let tb=(sizes.inputWidth+sizes.strideWidth-1u)/sizes.strideWidth;let Xa=(tb+PIXELS-1u)/PIXELS;let U=Ia%Xa*PIXELS*sizes.strideWidth+ib;let L=(Ia/Xa)%ab*sizes.strideHeight+Wa;let G=Ia/(Xa*ab);if(G>=sizes.batch||L>=sizes.inputHeight||U>=sizes.inputWidth){return;}let Cc=sizes.outputHeight*sizes.outputWidth;let Dc=(G*sizes.outputChannels+Y*T)*Cc;let E=sizes.kernelHeight*sizes.kernelWidth;let nb=(Y*ia+Ta)*T*E*2u;var q:array<array<vec4f,2>,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){let Ma=i32(Wa)+sizes.padTop-i32(g*sizes.dilationHeight);if(Ma%i32(sizes.strideHeight)!=0){continue;}let j=u32(Ma/i32(sizes.strideHeight)+i32(L/sizes.strideHeight));for(var C=0u;C<sizes.kernelWidth;C++){let Aa=i32(ib)+sizes.padLeft-i32(C*sizes.dilationWidth);if(Aa%i32(sizes.strideWidth)!=0){continue;}let u=u32(Aa/i32(sizes.strideWidth)+i32(U/sizes.strideWidth));var wa:array<u32,PIXELS>;for(var d=0u;d<PIXELS;d++){let Fb=j<sizes.outputHeight&&u+d<sizes.outputWidth;wa[d]=select(Oa,Dc+j*sizes.outputWidth+u+d,Fb);}var ja=nb+(E-1u-(g*sizes.kernelWidth+C))*2u;for(var V=0u;V<T;V++){let X=packed[ja];let aa=packed[ja+1u];ja+=E*2u;for(var d=0u;d<PIXELS;d++){let o=select(0.,outputCotangent[wa[d]+V*Cc],wa[d]!=Oa);q[d][0]+=o*X;q[d][1]+=o*aa;}}}}let B=sizes.inputHeight*sizes.inputWidth;let t=Ta*8u;let h=(G*sizes.inputChannels+Y*K+t)*B+L*sizes.inputWidth+U;let fb=(sizes.inputWidth-U+sizes.strideWidth-1u)/sizes.strideWidth;Eb(h,B,fb,K-t,q);}`,
    uses: { inputGradient: [[0, 1, 2, 3]] },
  },
  'conv2d-naive': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(4)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(5)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(6)var<storage,read_write>weightCotangent:array<f32>;@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);if(n>=sizes.batch*sizes.outputChannels*sizes.outputHeight*sizes.outputWidth){return;}let u=n%sizes.outputWidth;let j=(n/sizes.outputWidth)%sizes.outputHeight;let V=(n/(sizes.outputWidth*sizes.outputHeight))%sizes.outputChannels;let G=n/(sizes.outputWidth*sizes.outputHeight*sizes.outputChannels);let K=sizes.inputChannels/sizes.groups;let ad=V/(sizes.outputChannels/sizes.groups)*K;var za=0.;for(var J=0u;J<K;J++){for(var g=0u;g<sizes.kernelHeight;g++){let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;for(var C=0u;C<sizes.kernelWidth;C++){let U=i32(u*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;if(L>=0&&L<i32(sizes.inputHeight)&&U>=0&&U<i32(sizes.inputWidth)){let D=(G*sizes.inputChannels+ad+J)*sizes.inputHeight+u32(L);let ja=((V*K+J)*sizes.kernelHeight+g)*sizes.kernelWidth+C;za+=input[D*sizes.inputWidth+u32(U)]*weight[ja];}}}}output[n]=za;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);if(n>=sizes.batch*sizes.inputChannels*sizes.inputHeight*sizes.inputWidth){return;}let U=n%sizes.inputWidth;let L=(n/sizes.inputWidth)%sizes.inputHeight;let oc=(n/(sizes.inputWidth*sizes.inputHeight))%sizes.inputChannels;let G=n/(sizes.inputWidth*sizes.inputHeight*sizes.inputChannels);let K=sizes.inputChannels/sizes.groups;let xe=sizes.outputChannels/sizes.groups;let J=oc%K;let Pa=oc/K*xe;var za=0.;for(var g=0u;g<sizes.kernelHeight;g++){let Ma=i32(L)+sizes.padTop-i32(g*sizes.dilationHeight);if(Ma<0||u32(Ma)%sizes.strideHeight!=0u||u32(Ma)/sizes.strideHeight>=sizes.outputHeight){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let Aa=i32(U)+sizes.padLeft-i32(C*sizes.dilationWidth);if(Aa<0||u32(Aa)%sizes.strideWidth!=0u||u32(Aa)/sizes.strideWidth>=sizes.outputWidth){continue;}let j=u32(Ma)/sizes.strideHeight;let u=u32(Aa)/sizes.strideWidth;for(var V=Pa;V<Pa+xe;V++){let D=(G*sizes.outputChannels+V)*sizes.outputHeight+j;let ja=((V*K+J)*sizes.kernelHeight+g)*sizes.kernelWidth+C;za+=outputCotangent[D*sizes.outputWidth+u]*weight[ja];}}}inputCotangent[n]=za;}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let K=sizes.inputChannels/sizes.groups;if(n>=sizes.outputChannels*K*sizes.kernelHeight*sizes.kernelWidth){return;}let C=n%sizes.kernelWidth;let g=(n/sizes.kernelWidth)%sizes.kernelHeight;let J=(n/(sizes.kernelWidth*sizes.kernelHeight))%K;let V=n/(sizes.kernelWidth*sizes.kernelHeight*K);let oc=V/(sizes.outputChannels/sizes.groups)*K+J;var za=0.;for(var G=0u;G<sizes.batch;G++){for(var j=0u;j<sizes.outputHeight;j++){let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;if(L<0||L>=i32(sizes.inputHeight)){continue;}let bd=((G*sizes.inputChannels+oc)*sizes.inputHeight+u32(L))*sizes.inputWidth;let Ua=((G*sizes.outputChannels+V)*sizes.outputHeight+j)*sizes.outputWidth;for(var u=0u;u<sizes.outputWidth;u++){let U=i32(u*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft;if(U>=0&&U<i32(sizes.inputWidth)){za+=outputCotangent[Ua+u]*input[bd+u32(U)];}}}}weightCotangent[n]=za;}`,
    uses: { forward: [[0, 1, 2, 3]], inputGradient: [[0, 2, 4, 5]], weightGradient: [[0, 1, 4, 6]] },
  },
  'conv2d-pack-weights': {
    source: `struct Sizes{outputChannels:u32,inputChannels:u32,kernelHeight:u32,kernelWidth:u32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>weight:array<f32>;@group(0)@binding(2)var<storage,read_write>packed:array<f32>;@compute@workgroup_size(64,1,1)fn pack(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let E=sizes.kernelHeight*sizes.kernelWidth;let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(T+7u)/8u;if(n>=sizes.groups*ia*K*E*8u){return;}let ja=(n/8u)%E;let J=(n/(8u*E))%K;let Ia=(n/(8u*E*K))%ia;let Y=n/(8u*E*K*ia);let V=Ia*8u+n%8u;var H=0.;if(V<T){H=weight[((Y*T+V)*K+J)*E+ja];}packed[n]=H;}@compute@workgroup_size(64,1,1)fn packTransposed(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let E=sizes.kernelHeight*sizes.kernelWidth;let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(K+7u)/8u;if(n>=sizes.groups*ia*T*E*8u){return;}let ja=(n/8u)%E;let V=(n/(8u*E))%T;let Ia=(n/(8u*E*T))%ia;let Y=n/(8u*E*T*ia);let J=Ia*8u+n%8u;var H=0.;if(J<K){H=weight[((Y*T+V)*K+J)*E+(E-1u-ja)];}packed[n]=H;}`,
    uses: { pack: [[0, 1, 2]], packTransposed: [[0, 1, 2]] },
  },
  'conv2d-tiled': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,splits:u32,channelsPerSplit:u32}const CHANNELS=4u;const PIXELS=4u;const DEPTH=8u;const lf=CHANNELS/4u;const Rb=PIXELS/4u;const vc=CHANNELS*2u;const Qb=PIXELS*2u;const Oa=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>gf:array<vec4f,272>;var<workgroup>Te:array<vec4f,272>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let me=(T+8u*CHANNELS-1u)/(8u*CHANNELS);var n=workgroup.x+workgroup.y*R.x;let Pa=n%me*8u*CHANNELS;n/=me;let Y=n%sizes.groups;n/=sizes.groups;let ib=n%sizes.spreadWidth;n/=sizes.spreadWidth;let Wa=n%sizes.spreadHeight;n/=sizes.spreadHeight;let ba=n%sizes.splits;let db=n/sizes.splits*8u*PIXELS;if(Wa>=sizes.outputHeight||ib>=sizes.outputWidth){return;}let ab=(sizes.outputHeight-Wa+sizes.spreadHeight-1u)/sizes.spreadHeight;let tb=(sizes.outputWidth-ib+sizes.spreadWidth-1u)/sizes.spreadWidth;let fb=sizes.batch*ab*tb;if(db>=fb){return;}let ob=sizes.inputHeight*sizes.inputWidth;let Se=Q%Qb;var ea:array<i32,4>;var Ja:array<i32,4>;var Mc:array<u32,4>;for(var d=0u;d<4u;d++){let Yb=min(db+Se+Qb*d,fb-1u);let D=Yb/tb;let G=D/ab;ea[d]=i32((D-G*ab)*sizes.strideHeight);Ja[d]=i32((Yb-D*tb)*sizes.strideWidth);Mc[d]=(G*sizes.inputChannels+Y*K)*ob;}let yd=Q%vc;let E=sizes.kernelHeight*sizes.kernelWidth;let ia=(T+7u)/8u;let Ta=(Pa/8u)+yd/2u;let vf=(Y*ia+min(Ta,ia-1u))*K*E*2u+yd%2u;let ad=ba*sizes.channelsPerSplit;let la=min(K,ad+sizes.channelsPerSplit);let He=Q/8u;let Md=Q%8u;var q:array<array<vec4f,Rb>,CHANNELS>;for(var g=0u;g<sizes.kernelHeight;g++){let Ma=i32(Wa+g*sizes.dilationHeight)-sizes.padTop;if(Ma%i32(sizes.spreadHeight)!=0){continue;}for(var C=0u;C<sizes.kernelWidth;C++){let Aa=i32(ib+C*sizes.dilationWidth)-sizes.padLeft;if(Aa%i32(sizes.spreadWidth)!=0){continue;}var wa:array<u32,4>;for(var d=0u;d<4u;d++){let L=u32(ea[d]+Ma/i32(sizes.spreadHeight));let U=u32(Ja[d]+Aa/i32(sizes.spreadWidth));let Fb=L<sizes.inputHeight&&U<sizes.inputWidth;wa[d]=select(Oa,Mc[d]+L*sizes.inputWidth+U,Fb);}let Vd=vf+(g*sizes.kernelWidth+C)*2u;for(var t=ad;t<la;t+=DEPTH){for(var Ha=Q;Ha<DEPTH*vc;Ha+=64u){let m=Ha/vc;let pg=packed[Vd+(t+m)*E*2u];let mc=t+m<la&&Ta<ia;gf[m*(vc+1u)+yd]=select(vec4f(),pg,mc);}for(var Ha=Q;Ha<DEPTH*Qb;Ha+=64u){let m=Ha/Qb;let r=(t+m)*ob;let mc=t+m<la;Te[m*(Qb+1u)+Se]=vec4f(select(0.,input[wa[0]+r],mc&&wa[0]!=Oa),select(0.,input[wa[1]+r],mc&&wa[1]!=Oa),select(0.,input[wa[2]+r],mc&&wa[2]!=Oa),select(0.,input[wa[3]+r],mc&&wa[3]!=Oa));}workgroupBarrier();for(var m=0u;m<DEPTH;m++){var Ga:array<vec4f,Rb>;for(var s=0u;s<Rb;s++){Ga[s]=Te[m*(Qb+1u)+Md+8u*s];}for(var cb=0u;cb<lf;cb++){let na=gf[m*(vc+1u)+He+8u*cb];for(var d=0u;d<4u;d++){for(var s=0u;s<Rb;s++){q[4u*cb+d][s]=fma(vec4f(na[d]),Ga[s],q[4u*cb+d][s]);}}}}workgroupBarrier();}}}let B=sizes.outputHeight*sizes.outputWidth;let fa=(ba*sizes.batch*sizes.outputChannels+Y*T+Pa)*B;var wc:array<array<u32,4>,Rb>;for(var s=0u;s<Rb;s++){for(var d=0u;d<4u;d++){let Yb=db+Md+8u*s+Qb*d;let D=Yb/tb;let G=D/ab;let L=(D-G*ab)*sizes.spreadHeight+Wa;let U=(Yb-D*tb)*sizes.spreadWidth+ib;wc[s][d]=fa+G*sizes.outputChannels*B+L*sizes.outputWidth+U;}}let step=min(sizes.batch,1u);for(var i=0u;i<CHANNELS;i+=step){var ka=q[0];for(var d=1u;d<CHANNELS;d++){for(var s=0u;s<Rb;s++){ka[s]=select(ka[s],q[d][s],d==i);}}let V=4u*He+32u*(i/4u)+i%4u;for(var s=0u;s<Rb;s++){for(var d=0u;d<4u;d++){if(Pa+V<T&&db+Md+8u*s+Qb*d<fb){let h=wc[s][d]+V*B;output[h]=finished(ka[s][d],Y*T+Pa+V,h);}}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-weight-gradient': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,splits:u32,rowsPerSplit:u32}const Gb=5u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>partials:array<f32>;@group(0)@binding(4)var<storage,read>partialSums:array<f32>;@group(0)@binding(5)var<storage,read_write>weightCotangent:array<f32>;@group(0)@binding(6)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(7)var<storage,read>cotangentVectors:array<vec4f>;fn Eb(h:u32,E:u32,Rc:u32,wf:u32,q:array<array<vec4f,2>,8>){let step=min(sizes.batch,1u);for(var i=0u;i<min(8u,Rc);i+=step){var X=q[0][0];var aa=q[0][1];for(var d=1u;d<8u;d++){X=select(X,q[d][0],d==i);aa=select(aa,q[d][1],d==i);}for(var s=0u;s<min(8u,wf);s+=step){let qa=select(X,aa,(s&4u)!=0u);let Qa=select(qa.xy,qa.zw,(s&2u)!=0u);partials[h+i+s*E]=select(Qa.x,Qa.y,(s&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let E=K*sizes.kernelHeight*sizes.kernelWidth;let Pb=(E+7u)/8u;let Ya=(T+7u)/8u;let bb=Pb*Ya*sizes.groups;if(n>=bb*sizes.splits){return;}let nb=n%Pb*8u;let rb=(n/Pb)%Ya;let Y=(n/(Pb*Ya))%sizes.groups;let ba=n/bb;let B=sizes.outputHeight*sizes.outputWidth;var Fc:array<u32,8>;var se:array<i32,8>;var td:array<i32,8>;var ra:array<u32,8>;for(var d=0u;d<8u;d++){let ja=min(nb+d,E-1u);Fc[d]=(Y*K+ja/(sizes.kernelHeight*sizes.kernelWidth))*sizes.inputHeight;se[d]=i32(ja/sizes.kernelWidth%sizes.kernelHeight*sizes.dilationHeight)-sizes.padTop;td[d]=i32(ja%sizes.kernelWidth*sizes.dilationWidth)-sizes.padLeft;ra[d]=(Y*T+min(rb*8u+d,T-1u))*B;}var q:array<array<vec4f,2>,8>;let yc=min((ba+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Ua=ba*sizes.rowsPerSplit;Ua<yc;Ua++){let G=Ua/sizes.outputHeight;let j=Ua%sizes.outputHeight;let Nf=G*sizes.inputChannels*sizes.inputHeight;var ea:array<u32,8>;var Le:array<u32,8>;for(var d=0u;d<8u;d++){let L=u32(i32(j*sizes.strideHeight)+se[d]);ea[d]=(Nf+Fc[d]+L)*sizes.inputWidth+u32(td[d]);Le[d]=select(0u,sizes.inputWidth,L<sizes.inputHeight);}let Dc=G*sizes.outputChannels*B+j*sizes.outputWidth;for(var u=0u;u<sizes.outputWidth;u++){let o=Dc+u;let X=vec4f(outputCotangent[ra[0]+o],outputCotangent[ra[1]+o],outputCotangent[ra[2]+o],outputCotangent[ra[3]+o]);let aa=vec4f(outputCotangent[ra[4]+o],outputCotangent[ra[5]+o],outputCotangent[ra[6]+o],outputCotangent[ra[7]+o]);let Aa=u*sizes.strideWidth;for(var d=0u;d<8u;d++){let e=select(0.,input[ea[d]+Aa],Aa+u32(td[d])<Le[d]);q[d][0]+=e*X;q[d][1]+=e*aa;}}}let h=ba*sizes.outputChannels*E+(Y*T+rb*8u)*E+nb;Eb(h,E,E-nb,T-rb*8u,q);}@compute@workgroup_size(64,1,1)fn weightGradientPointwise(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let E=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let Pb=(E+7u)/8u;let Ya=(T+7u)/8u;let bb=Pb*Ya*sizes.groups;if(n>=bb*sizes.splits){return;}let nb=n%Pb*8u;let rb=(n/Pb)%Ya;let Y=(n/(Pb*Ya))%sizes.groups;let ba=n/bb;let B=sizes.outputHeight;var Fc:array<u32,8>;var ra:array<u32,8>;for(var d=0u;d<8u;d++){Fc[d]=(Y*E+min(nb+d,E-1u))*B;ra[d]=(Y*T+min(rb*8u+d,T-1u))*B;}var q:array<array<vec4f,2>,8>;var zb=ba*sizes.rowsPerSplit;let la=min(zb+sizes.rowsPerSplit,sizes.batch*B);while(zb<la){let G=zb/B;let cg=min(la,(G+1u)*B);var e=zb-G*B+G*sizes.inputChannels*B;var o=zb-G*B+G*sizes.outputChannels*B;while(zb<cg){let v=cotangentVectors[ra[0]+o];let sa=cotangentVectors[ra[1]+o];let J=cotangentVectors[ra[2]+o];let N=cotangentVectors[ra[3]+o];let X=transpose(mat4x4<f32>(v,sa,J,N));let I=cotangentVectors[ra[4]+o];let Hf=cotangentVectors[ra[5]+o];let Wb=cotangentVectors[ra[6]+o];let L=cotangentVectors[ra[7]+o];let aa=transpose(mat4x4<f32>(I,Hf,Wb,L));for(var d=0u;d<8u;d++){let H=inputVectors[Fc[d]+e];for(var m=0u;m<4u;m++){q[d][0]=fma(vec4f(H[m]),X[m],q[d][0]);q[d][1]=fma(vec4f(H[m]),aa[m],q[d][1]);}}zb++;e++;o++;}}let h=ba*sizes.outputChannels*E+(Y*T+rb*8u)*E+nb;Eb(h,E,E-nb,T-rb*8u,q);}@compute@workgroup_size(64,1,1)fn weightGradientRow(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let Sc=K*sizes.kernelHeight;let Ya=(T+7u)/8u;let bb=Sc*Ya*sizes.groups;if(n>=bb*sizes.splits){return;}let Ud=n%Sc;let rb=(n/Sc)%Ya;let Y=(n/(Sc*Ya))%sizes.groups;let ba=n/bb;let S=Y*K+Ud/sizes.kernelHeight;let Ma=i32(Ud%sizes.kernelHeight*sizes.dilationHeight)-sizes.padTop;let B=sizes.outputHeight*sizes.outputWidth;var ra:array<u32,8>;for(var d=0u;d<8u;d++){ra[d]=(Y*T+min(rb*8u+d,T-1u))*B;}var q:array<array<vec4f,2>,Gb>;var xa:array<f32,Gb>;let yc=min((ba+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Ua=ba*sizes.rowsPerSplit;Ua<yc;Ua++){let G=Ua/sizes.outputHeight;let j=Ua%sizes.outputHeight;let L=u32(i32(j*sizes.strideHeight)+Ma);let Ba=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=((G*sizes.inputChannels+S)*sizes.inputHeight+L)*sizes.inputWidth;let Dc=G*sizes.outputChannels*B+j*sizes.outputWidth;for(var d=1u;d<Gb;d++){let U=u32(i32(d)-1-sizes.padLeft);xa[d]=select(0.,input[D+U],U<Ba);}for(var u=0u;u<sizes.outputWidth;u++){for(var d=1u;d<Gb;d++){xa[d-1u]=xa[d];}let U=u32(i32(u+Gb-1u)-sizes.padLeft);xa[Gb-1u]=select(0.,input[D+U],U<Ba);let o=Dc+u;let X=vec4f(outputCotangent[ra[0]+o],outputCotangent[ra[1]+o],outputCotangent[ra[2]+o],outputCotangent[ra[3]+o]);let aa=vec4f(outputCotangent[ra[4]+o],outputCotangent[ra[5]+o],outputCotangent[ra[6]+o],outputCotangent[ra[7]+o]);for(var d=0u;d<Gb;d++){q[d][0]+=xa[d]*X;q[d][1]+=xa[d]*aa;}}}let step=min(sizes.batch,1u);let E=Sc*sizes.kernelWidth;let h=ba*sizes.outputChannels*E+(Y*T+rb*8u)*E+Ud*sizes.kernelWidth;for(var i=0u;i<min(Gb,sizes.kernelWidth);i+=step){var X=q[0][0];var aa=q[0][1];for(var d=1u;d<Gb;d++){X=select(X,q[d][0],d==i);aa=select(aa,q[d][1],d==i);}for(var s=0u;s<min(8u,T-rb*8u);s+=step){let qa=select(X,aa,(s&4u)!=0u);let Qa=select(qa.xy,qa.zw,(s&2u)!=0u);partials[h+i+s*E]=select(Qa.x,Qa.y,(s&1u)!=0u);}}}@compute@workgroup_size(64,1,1)fn singleTap(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let K=sizes.inputChannels/sizes.groups;let Jb=sizes.outputChannels*K*sizes.kernelHeight*sizes.kernelWidth;if(n>=Jb*sizes.splits){return;}let ba=n/Jb;let C=n%sizes.kernelWidth;let g=(n/sizes.kernelWidth)%sizes.kernelHeight;let J=(n/(sizes.kernelWidth*sizes.kernelHeight))%K;let V=(n%Jb)/(sizes.kernelWidth*sizes.kernelHeight*K);let oc=V/(sizes.outputChannels/sizes.groups)*K+J;var za=0.;let yc=min((ba+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var Ua=ba*sizes.rowsPerSplit;Ua<yc;Ua++){let G=Ua/sizes.outputHeight;let j=Ua%sizes.outputHeight;let L=i32(j*sizes.strideHeight+g*sizes.dilationHeight)-sizes.padTop;if(L<0||L>=i32(sizes.inputHeight)){continue;}let D=((G*sizes.inputChannels+oc)*sizes.inputHeight+u32(L))*sizes.inputWidth;let r=((G*sizes.outputChannels+V)*sizes.outputHeight+j)*sizes.outputWidth;for(var u=0u;u<sizes.outputWidth;u++){let U=u32(i32(u*sizes.strideWidth+C*sizes.dilationWidth)-sizes.padLeft);za+=outputCotangent[r+u]*select(0.,input[D+U],U<sizes.inputWidth);}}partials[n]=za;}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let K=sizes.inputChannels/sizes.groups;let Jb=sizes.outputChannels*K*sizes.kernelHeight*sizes.kernelWidth;if(n>=Jb){return;}var za=0.;for(var ba=0u;ba<sizes.splits;ba++){za+=partialSums[ba*Jb+n];}weightCotangent[n]=za;}`,
    uses: {
      weightGradient: [[0, 1, 2, 3]],
      weightGradientPointwise: [[0, 3, 6, 7]],
      weightGradientRow: [[0, 1, 2, 3]],
      singleTap: [[0, 1, 2, 3]],
      reducePartials: [[0, 4, 5]],
    },
  },
  conv2d: {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}const PIXELS=8u;const Oa=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(4)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(5)var<storage,read_write>outputVectors:array<vec4f>;fn finished(H:f32,S:u32,h:u32)->f32{return H;}fn finishedVectors(H:vec4f,S:u32,h:u32)->vec4f{return H;}fn Ab(D:u32,ha:i32,Ba:u32)->f32{return select(0.,input[D+u32(ha)],u32(ha)<Ba);}fn Eb(h:u32,B:u32,fb:u32,t:u32,K:u32,q:array<array<vec4f,2>,PIXELS>){let step=min(sizes.batch,1u);for(var j=0u;j<min(fb,PIXELS);j+=step){var X=q[0][0];var aa=q[0][1];for(var d=1u;d<PIXELS;d++){X=select(X,q[d][0],d==j);aa=select(aa,q[d][1],d==j);}let Ib=h+j;for(var s=0u;s<min(K,8u);s+=step){let qa=select(X,aa,(s&4u)!=0u);let Qa=select(qa.xy,qa.zw,(s&2u)!=0u);let H=select(Qa.x,Qa.y,(s&1u)!=0u);output[Ib+s*B]=finished(H,t+s,Ib+s*B);}}}@compute@workgroup_size(64,1,1)fn forwardRow(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(T+7u)/8u;let ub=workgroup.x+workgroup.y*R.x;let Ta=ub%ia;let Y=(ub/ia)%sizes.groups;let Ia=ub/(ia*sizes.groups)*64u+Q;let Xa=(sizes.outputWidth+PIXELS-1u)/PIXELS;if(Ia>=sizes.batch*sizes.outputHeight*Xa){return;}let u=Ia%Xa*PIXELS;let j=(Ia/Xa)%sizes.outputHeight;let G=Ia/(Xa*sizes.outputHeight);let nc=i32(u)-sizes.padLeft;let Vb=i32(j*sizes.strideHeight)-sizes.padTop;var q:array<array<vec4f,2>,PIXELS>;var xa:array<f32,PIXELS>;var ja=(Y*ia+Ta)*K*sizes.kernelHeight*sizes.kernelWidth*2u;for(var J=0u;J<K;J++){let B=(G*sizes.inputChannels+Y*K+J)*sizes.inputHeight;for(var g=0u;g<sizes.kernelHeight;g++){let L=u32(Vb+i32(g*sizes.dilationHeight));let Ba=select(0u,sizes.inputWidth,L<sizes.inputHeight);let D=(B+L)*sizes.inputWidth;for(var d=1u;d<PIXELS;d++){xa[d]=Ab(D,nc+i32(d)-1,Ba);}for(var C=0u;C<sizes.kernelWidth;C++){for(var d=1u;d<PIXELS;d++){xa[d-1u]=xa[d];}xa[PIXELS-1u]=Ab(D,nc+i32(PIXELS-1u+C),Ba);let X=packed[ja];let aa=packed[ja+1u];ja+=2u;for(var d=0u;d<PIXELS;d++){q[d][0]=fma(vec4f(xa[d]),X,q[d][0]);q[d][1]=fma(vec4f(xa[d]),aa,q[d][1]);}}}}let B=sizes.outputHeight*sizes.outputWidth;let t=Y*T+Ta*8u;let h=(G*sizes.outputChannels+t)*B+j*sizes.outputWidth+u;Eb(h,B,sizes.outputWidth-u,t,(Y+1u)*T-t,q);}@compute@workgroup_size(64,1,1)fn forwardPixels(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(T+7u)/8u;let ub=workgroup.x+workgroup.y*R.x;let Ta=ub%ia;let Y=(ub/ia)%sizes.groups;let Ia=ub/(ia*sizes.groups)*64u+Q;let B=sizes.outputHeight*sizes.outputWidth;let gc=(B+PIXELS-1u)/PIXELS;if(Ia>=sizes.batch*gc){return;}let db=Ia%gc*PIXELS;let G=Ia/gc;let ob=sizes.inputHeight*sizes.inputWidth;let Of=(G*sizes.inputChannels+Y*K)*ob;let E=sizes.kernelHeight*sizes.kernelWidth;let nb=(Y*ia+Ta)*K*E*2u;var ea:array<i32,PIXELS>;var Ja:array<i32,PIXELS>;for(var d=0u;d<PIXELS;d++){ea[d]=i32((db+d)/sizes.outputWidth*sizes.strideHeight)-sizes.padTop;Ja[d]=i32((db+d)%sizes.outputWidth*sizes.strideWidth)-sizes.padLeft;}var q:array<array<vec4f,2>,PIXELS>;for(var g=0u;g<sizes.kernelHeight;g++){for(var C=0u;C<sizes.kernelWidth;C++){var wa:array<u32,PIXELS>;for(var d=0u;d<PIXELS;d++){let L=u32(ea[d]+i32(g*sizes.dilationHeight));let U=u32(Ja[d]+i32(C*sizes.dilationWidth));let Fb=L<sizes.inputHeight&&U<sizes.inputWidth;wa[d]=select(Oa,Of+L*sizes.inputWidth+U,Fb);}var ja=nb+(g*sizes.kernelWidth+C)*2u;for(var J=0u;J<K;J++){let X=packed[ja];let aa=packed[ja+1u];ja+=E*2u;for(var d=0u;d<PIXELS;d++){let e=select(0.,input[wa[d]+J*ob],wa[d]!=Oa);q[d][0]+=e*X;q[d][1]+=e*aa;}}}}let t=Y*T+Ta*8u;let h=(G*sizes.outputChannels+t)*B+db;Eb(h,B,B-db,t,(Y+1u)*T-t,q);}@compute@workgroup_size(64,1,1)fn forwardPointwise(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let K=sizes.inputChannels/sizes.groups;let T=sizes.outputChannels/sizes.groups;let ia=(T+7u)/8u;let ub=workgroup.x+workgroup.y*R.x;let Ta=ub%ia;let Y=(ub/ia)%sizes.groups;let Ia=ub/(ia*sizes.groups)*64u+Q;let B=sizes.outputHeight*sizes.outputWidth/4u;let gc=(B+1u)/2u;if(Ia>=sizes.batch*gc){return;}let G=Ia/gc;let t=(Ia-G*gc)*2u;var q:array<array<vec4f,2>,8>;var ja=(Y*ia+Ta)*K*2u;var h=(G*sizes.inputChannels+Y*K)*B+t;for(var J=0u;J<K;J++){let na=inputVectors[h];let Ga=inputVectors[h+1u];let X=packed[ja];let aa=packed[ja+1u];h+=B;ja+=2u;for(var d=0u;d<4u;d++){q[d][0]=fma(na,vec4f(X[d]),q[d][0]);q[d][1]=fma(Ga,vec4f(X[d]),q[d][1]);q[d+4u][0]=fma(na,vec4f(aa[d]),q[d+4u][0]);q[d+4u][1]=fma(Ga,vec4f(aa[d]),q[d+4u][1]);}}let step=min(sizes.batch,1u);let Pa=Y*T+Ta*8u;let Ib=(G*sizes.outputChannels+Pa)*B+t;for(var s=0u;s<min(8u,(Y+1u)*T-Pa);s+=step){var na=q[0][0];var Ga=q[0][1];for(var d=1u;d<8u;d++){na=select(na,q[d][0],d==s);Ga=select(Ga,q[d][1],d==s);}let F=Ib+s*B;outputVectors[F]=finishedVectors(na,Pa+s,F);if(t+1u<B){outputVectors[F+1u]=finishedVectors(Ga,Pa+s,F+1u);}}}`,
    uses: {
      forwardRow: [[0, 1, 2, 3], 'finished'],
      forwardPixels: [[0, 1, 2, 3], 'finished'],
      forwardPointwise: [[0, 2, 4, 5], 'finishedVectors'],
    },
  },
  convert: {
    source: `struct Sizes{count:u32,mask:u32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;fn Bf(Sa:u32)->u32{let Bb=Sa&0x7fffffffu;if(OPERATION==0u){return Sa;}if(OPERATION==1u){return bitcast<u32>(i32(bitcast<f32>(Sa)));}if(OPERATION==2u){return bitcast<u32>(f32(bitcast<i32>(Sa)));}if(OPERATION==3u){return u32(Bb!=0u);}if(OPERATION==4u){return bitcast<u32>(f32(Bb!=0u));}if(OPERATION==5u){return u32(Sa!=0u);}if(OPERATION==6u){return bitcast<u32>(f32(Sa!=0u));}if(OPERATION==7u){return u32(Sa==0u);}if(OPERATION==8u){return u32(Bb>0x7f800000u);}let og=1u+(Sa>>31u);return u32(Bb==0x7f800000u&&(sizes.mask&og)!=0u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}output[g]=Bf(input[g]);}`,
    uses: { main: [[0, 1, 2]] },
  },
  copy: {
    source: `struct Sizes{count:u32,length:u32,inner:u32,inputAxis:u32,inputStart:u32,inputStep:i32,outputAxis:u32,outputStart:u32,outputStep:i32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn copy(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let v=(d/sizes.inner)%sizes.length;let V=d/(sizes.inner*sizes.length);let to=(V*sizes.outputAxis+u32(i32(sizes.outputStart)+i32(v)*sizes.outputStep))*sizes.inner+g;let Rd=(V*sizes.inputAxis+u32(i32(sizes.inputStart)+i32(v)*sizes.inputStep))*sizes.inner+g;output[to]=input[Rd];}@compute@workgroup_size(64,1,1)fn fill(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}output[d]=0u;}`,
    uses: { copy: [[0, 1, 2]], fill: [[0, 2]] },
  },
  'cross-entropy': {
    source: `struct Sizes{batch:u32,classes:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>logits:array<f32>;@group(0)@binding(2)var<storage,read>labels:array<i32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn Jc(r:u32)->f32{var oa=logits[r];for(var m=1u;m<sizes.classes;m++){oa=max(oa,logits[r+m]);}return oa;}fn Kc(r:u32,Z:f32)->f32{var A=0.;for(var m=0u;m<sizes.classes;m++){A+=exp(logits[r+m]-Z);}return A;}fn Fb(Xb:i32)->bool{return Xb>=0&&Xb<i32(sizes.classes);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let G=f.x+f.y*l.x*64u;if(G>=sizes.batch){return;}let Xb=labels[G];if(!Fb(Xb)){output[G]=0.;return;}let r=G*sizes.classes;let Z=Jc(r);output[G]=log(Kc(r,Z))+(Z-logits[r+u32(Xb)]);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let G=f.x+f.y*l.x*64u;if(G>=sizes.batch){return;}let r=G*sizes.classes;let Xb=labels[G];let Z=Jc(r);let A=Kc(r,Z);let hg=select(0.,cotangent[G],Fb(Xb));for(var m=0u;m<sizes.classes;m++){let Lf=select(0.,1.,i32(m)==Xb);output[r+m]=hg*(exp(logits[r+m]-Z)/A-Lf);}}`,
    uses: { forward: [[0, 1, 2, 4]], gradient: [[0, 1, 2, 3, 4]] },
  },
  'depth-to-space': {
    source: `struct Sizes{count:u32,channels:u32,height:u32,width:u32,side:u32,columnFirst:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn re(I:u32)->u32{let sa=sizes.side;let Yd=sizes.width*sa;let e=I%Yd;let o=(I/Yd)%(sizes.height*sa);let B=I/(Yd*sizes.height*sa);let J=B%sizes.channels;let G=B/sizes.channels;let le=(o%sa)*sa+e%sa;let m=select(le*sizes.channels+J,J*sa*sa+le,sizes.columnFirst==1u);return((G*sizes.channels*sa*sa+m)*sizes.height+o/sa)*sizes.width+e/sa;}@compute@workgroup_size(64,1,1)fn toSpace(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.count){return;}output[I]=input[re(I)];}@compute@workgroup_size(64,1,1)fn toDepth(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.count){return;}output[re(I)]=input[I];}`,
    uses: { toSpace: [[0, 1, 2]], toDepth: [[0, 1, 2]] },
  },
  'draw-maps': {
    source: `struct Sizes{start:u32,channels:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,isSigned:u32,isSmooth:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>maps:array<f32>;@group(0)@binding(2)var<storage,read_write>partialExtents:array<f32>;@group(0)@binding(3)var<storage,read_write>range:array<f32>;@group(0)@binding(4)var<storage,read>table:array<u32>;@group(0)@binding(5)var<storage,read_write>colours:array<u32>;const pd=256u;fn Tf(H:f32)->bool{return(bitcast<u32>(H)&0x7f800000u)!=0x7f800000u;}@compute@workgroup_size(64,1,1)fn partials(@builtin(global_invocation_id)f:vec3u){if(f.x>=pd){return;}let Ea=sizes.channels*sizes.height*sizes.width;var dc=0.;var Z=0.;for(var g=f.x;g<Ea;g+=pd){let H=maps[sizes.start+g];if(Tf(H)){dc=min(dc,H);Z=max(Z,H);}}partialExtents[2u*f.x]=dc;partialExtents[2u*f.x+1u]=Z;}@compute@workgroup_size(1,1,1)fn extent(){var dc=0.;var Z=0.;for(var dd=0u;dd<pd;dd++){dc=min(dc,partialExtents[2u*dd]);Z=max(Z,partialExtents[2u*dd+1u]);}if(sizes.isSigned!=0u){Z=max(Z,-dc);}if(Z==0.){Z=1.;}range[1]=Z;range[0]=select(0.,-Z,sizes.isSigned!=0u);}fn zd(H:f32)->u32{if((bitcast<u32>(H)&0x7fffffffu)>0x7f800000u){return table[0];}let h=(H-range[0])/(range[1]-range[0]);return table[u32(floor(clamp(h,0.,1.)*255.+0.5))];}@compute@workgroup_size(64,1,1)fn tiles(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.channels*sizes.height*sizes.width){return;}colours[g]=zd(maps[sizes.start+g]);}fn Pc(o:u32,e:u32)->f32{let B=sizes.height*sizes.width;var Gd=0.;for(var S=0u;S<sizes.channels;S++){let H=maps[sizes.start+S*B+o*sizes.width+e];if(abs(H)>abs(Gd)){Gd=H;}}return Gd;}@compute@workgroup_size(64,1,1)fn overlay(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.outputHeight*sizes.outputWidth){return;}let o=(f32(g/sizes.outputWidth)+0.5)*f32(sizes.height)/f32(sizes.outputHeight);let e=(f32(g%sizes.outputWidth)+0.5)*f32(sizes.width)/f32(sizes.outputWidth);let kc=sizes.height-1u;let Ga=sizes.width-1u;if(sizes.isSmooth==0u){colours[g]=zd(Pc(min(u32(o),kc),min(u32(e),Ga)));return;}let Da=clamp(o-0.5,0.,f32(kc));let na=clamp(e-0.5,0.,f32(Ga));let od=u32(Da);let Uc=u32(na);let kf=min(od+1u,kc);let jf=min(Uc+1u,Ga);let ng=mix(Pc(od,Uc),Pc(od,jf),na-f32(Uc));let Xf=mix(Pc(kf,Uc),Pc(kf,jf),na-f32(Uc));colours[g]=zd(mix(ng,Xf,Da-f32(od)));}`,
    uses: { partials: [[0, 1, 2]], extent: [[0, 2, 3]], tiles: [[0, 1, 3, 4, 5]], overlay: [[0, 1, 3, 4, 5]] },
  },
  dropout: {
    source: `struct Sizes{count:u32,stream:u32,threshold:u32,scale:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>seed:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn mix(H:u32)->u32{var s=H;s=(s^(s>>16u))*0x7feb352du;s=(s^(s>>15u))*0x846ca68bu;return s^(s>>16u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}let Kf=mix(mix(u32(seed[0])+0x9E3779B9u*sizes.stream)^g);output[g]=select(0.,input[g]*sizes.scale,(Kf>>8u)>=sizes.threshold);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'flat-indices': {
    source: `struct Sizes{planes:u32,pooledArea:u32,height:u32,width:u32,columnMajor:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>switches:array<i32>;@group(0)@binding(2)var<storage,read_write>flat:array<i32>;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>indices:array<i32>;@compute@workgroup_size(64,1,1)fn fromSwitches(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.planes*sizes.pooledArea){return;}let r=i32((g/sizes.pooledArea)*sizes.height*sizes.width);let pa=switches[g];if(pa<0){flat[g]=-1;}else if(sizes.columnMajor==1u){flat[g]=r+(pa%i32(sizes.width))*i32(sizes.height)+pa/i32(sizes.width);}else{flat[g]=r+pa;}}@compute@workgroup_size(64,1,1)fn scatter(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let j=f.x+f.y*l.x*64u;if(j>=sizes.planes){return;}let ta=sizes.height*sizes.width;let r=j*ta;for(var m=0u;m<ta;m++){output[r+m]=0.;}for(var m=0u;m<sizes.pooledArea;m++){let F=indices[j*sizes.pooledArea+m]-i32(r);if(F>=0&&F<i32(ta)){output[r+u32(F)]=input[j*sizes.pooledArea+m];}}}@compute@workgroup_size(64,1,1)fn gather(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.planes*sizes.pooledArea){return;}let ta=sizes.height*sizes.width;let r=(g/sizes.pooledArea)*ta;let F=indices[g]-i32(r);var H=0.;if(F>=0&&F<i32(ta)){H=input[r+u32(F)];}output[g]=H;}`,
    uses: { fromSwitches: [[0, 1, 2]], scatter: [[0, 3, 4, 5]], gather: [[0, 3, 4, 5]] },
  },
  'gather-elements': {
    source: `struct Sizes{count:u32,rank:u32,axis:u32,axisSize:u32,axisStride:u32,axisLength:u32,outputSize:array<vec4u,2>,otherSize:array<vec4u,2>,ownStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn h(n:i32)->i32{return select(n,n+i32(sizes.axisSize),n<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}var W=d;var r=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;r+=(W%sizes.outputSize[u][i])*sizes.ownStride[u][i];W=W/sizes.outputSize[u][i];}let v=h(indices[d]);if(v>=0&&v<i32(sizes.axisSize)){output[d]=input[r+u32(v)*sizes.axisStride];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}var W=d;var r=0u;var Za=0;var Ee=true;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let Bd=W%sizes.outputSize[u][i];W=W/sizes.outputSize[u][i];r+=Bd*sizes.ownStride[u][i];if(P-1u==sizes.axis){Za=i32(Bd);}else if(Bd>=sizes.otherSize[u][i]){Ee=false;}}var A=0.;if(Ee){for(var C=0u;C<sizes.axisLength;C++){let F=r+C*sizes.axisStride;if(h(indices[F])==Za){A+=cotangent[F];}}}sum[d]=A;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  gather: {
    source: `struct Sizes{count:u32,inner:u32,axis:u32,indexCount:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn h(C:u32)->i32{let n=indices[C];return select(n,n+i32(sizes.axis),n<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let v=h((d/sizes.inner)%sizes.indexCount);let V=d/(sizes.inner*sizes.indexCount);if(v>=0&&v<i32(sizes.axis)){output[d]=input[(V*sizes.axis+u32(v))*sizes.inner+g];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let v=i32((d/sizes.inner)%sizes.axis);let V=d/(sizes.inner*sizes.axis);var A=0.;for(var C=0u;C<sizes.indexCount;C++){if(h(C)==v){A+=cotangent[(V*sizes.indexCount+C)*sizes.inner+g];}}sum[d]=A;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  'grid-sample': {
    source: `struct Sizes{batch:u32,channels:u32,height:u32,width:u32,points:u32,mode:u32,padding:u32,alignCorners:u32,bands:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>grid:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn Ue(e:f32,O:u32)->vec2f{let X=select(-0.5,0.,sizes.alignCorners==1u);let kd=select(f32(O),f32(O)-1.,sizes.alignCorners==1u);if(kd==0.){return vec2f(0.,0.);}let distance=abs(e-X);let Fd=floor(distance/kd);let W=distance-Fd*kd;let Ge=Fd-2.*floor(Fd*0.5)>0.5;let Zf=select(W,kd-W,Ge)+X;let Ca=select(1.,-1.,e<X)*select(1.,-1.,Ge);return vec2f(Zf,Ca);}fn xf(h:vec2f,O:u32)->vec2f{let ma=f32(O)-1.;let pb=h.x>0.&&h.x<ma;return vec2f(clamp(h.x,0.,ma),select(0.,h.y,pb));}fn tc(Wb:f32,O:u32)->vec2f{let Xe=0.5*select(f32(O),f32(O)-1.,sizes.alignCorners==1u);var h=vec2f(clamp((Wb+1.)*Xe-select(0.5,0.,sizes.alignCorners==1u),-1e6,1e6),Xe);if(sizes.mode==2u||sizes.padding==0u){return h;}if(sizes.padding==2u){let Ne=Ue(h.x,O);h=vec2f(Ne.x,h.y*Ne.y);}return xf(h,O);}struct ae{at:i32,weight:f32,slope:f32}fn Rc()->u32{return select(1u<<sizes.mode,1u,sizes.mode==0u);}fn Cf(d:f32)->vec2f{let v=-0.75;let N=abs(d);let Ze=sign(d);if(N<=1.){return vec2f(((v+2.)*N-(v+3.))*N*N+1.,Ze*(3.*(v+2.)*N-2.*(v+3.))*N);}return vec2f(((v*N-5.*v)*N+8.*v)*N-4.*v,Ze*((3.*v*N-10.*v)*N+8.*v));}fn Ob(m:u32,h:vec2f,O:u32)->ae{let fa=floor(h.x);let Hd=h.x-fa;var F=i32(fa)+i32(m);var Xd=1.;var Ca=0.;if(sizes.mode==0u){F=i32(round(h.x));}else if(sizes.mode==1u){Xd=select(Hd,1.-Hd,m==0u);Ca=select(h.y,-h.y,m==0u);}else{F-=1;let te=Cf(Hd+1.-f32(m));Xd=te.x;Ca=te.y*h.y;if(sizes.padding==1u){F=clamp(F,0,i32(O)-1);}if(sizes.padding==2u){F=clamp(i32(round(Ue(f32(F),O).x)),0,i32(O)-1);}}if(F>=i32(O)){F=-1;}return ae(F,Xd,Ca);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.batch*sizes.channels*sizes.points){return;}let j=g/sizes.points;let Gc=2u*((j/sizes.channels)*sizes.points+g%sizes.points);let Hc=tc(grid[Gc],sizes.width);let Ic=tc(grid[Gc+1u],sizes.height);let E=Rc();var A=0.;for(var va=0u;va<E;va++){let gb=Ob(va,Ic,sizes.height);if(gb.at<0){continue;}let D=(j*sizes.height+u32(gb.at))*sizes.width;for(var ua=0u;ua<E;ua++){let kb=Ob(ua,Hc,sizes.width);if(kb.at>=0){A+=gb.weight*kb.weight*input[D+u32(kb.at)];}}}output[g]=A;}@compute@workgroup_size(64,1,1)fn gridGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.batch*sizes.points){return;}let G=g/sizes.points;let Hc=tc(grid[2u*g],sizes.width);let Ic=tc(grid[2u*g+1u],sizes.height);let E=Rc();var A=vec2f(0.,0.);for(var va=0u;va<E;va++){let gb=Ob(va,Ic,sizes.height);if(gb.at<0){continue;}for(var ua=0u;ua<E;ua++){let kb=Ob(ua,Hc,sizes.width);if(kb.at<0){continue;}var ac=0.;for(var J=0u;J<sizes.channels;J++){let j=G*sizes.channels+J;ac+=cotangent[j*sizes.points+g%sizes.points]*input[(j*sizes.height+u32(gb.at))*sizes.width+u32(kb.at)];}A+=ac*vec2f(kb.slope*gb.weight,kb.weight*gb.slope);}}output[2u*g]=A.x;output[2u*g+1u]=A.y;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.batch*sizes.channels*sizes.bands){return;}let j=g/sizes.bands;let t=(g%sizes.bands)*sizes.height/sizes.bands;let ma=(g%sizes.bands+1u)*sizes.height/sizes.bands;let ta=sizes.height*sizes.width;let E=Rc();for(var F=t*sizes.width;F<ma*sizes.width;F++){output[j*ta+F]=0.;}for(var V=0u;V<sizes.points;V++){let Gc=2u*((j/sizes.channels)*sizes.points+V);let Hc=tc(grid[Gc],sizes.width);let Ic=tc(grid[Gc+1u],sizes.height);let Wb=cotangent[j*sizes.points+V];for(var va=0u;va<E;va++){let gb=Ob(va,Ic,sizes.height);if(gb.at<i32(t)||gb.at>=i32(ma)){continue;}for(var ua=0u;ua<E;ua++){let kb=Ob(ua,Hc,sizes.width);if(kb.at<0){continue;}let h=j*ta+u32(gb.at)*sizes.width+u32(kb.at);output[h]=output[h]+gb.weight*kb.weight*Wb;}}}}`,
    uses: { forward: [[0, 1, 2, 4]], gridGradient: [[0, 1, 2, 3, 4]], inputGradient: [[0, 2, 3, 4]] },
  },
  'lp-norm': {
    source: `struct Sizes{lines:u32,axis:u32,inner:u32,p:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn Oe(r:u32)->f32{var Z=0.;for(var m=0u;m<sizes.axis;m++){Z=max(Z,abs(input[r+m*sizes.inner]));}if(Z==0.){return 0.;}var A=0.;for(var m=0u;m<sizes.axis;m++){let e=abs(input[r+m*sizes.inner])/Z;A+=select(e*e,e,sizes.p==1u);}return Z*select(sqrt(A),A,sizes.p==1u);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let cc=f.x+f.y*l.x*64u;if(cc>=sizes.lines){return;}let r=(cc/sizes.inner)*sizes.axis*sizes.inner+cc%sizes.inner;let Mb=Oe(r);let Ub=select(Mb,1.,Mb==0.);for(var m=0u;m<sizes.axis;m++){let F=r+m*sizes.inner;output[F]=input[F]/Ub;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let cc=f.x+f.y*l.x*64u;if(cc>=sizes.lines){return;}let r=(cc/sizes.inner)*sizes.axis*sizes.inner+cc%sizes.inner;let Mb=Oe(r);let Ub=select(Mb,1.,Mb==0.);var A=0.;for(var m=0u;m<sizes.axis;m++){let F=r+m*sizes.inner;A+=cotangent[F]*(input[F]/Ub);}for(var m=0u;m<sizes.axis;m++){let F=r+m*sizes.inner;let e=input[F];let Df=select(e/Ub,sign(e),sizes.p==1u);output[F]=select((cotangent[F]-Df*A)/Ub,0.,Mb==0.);}}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  'lp-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,exponent:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>norms:array<f32>;@group(0)@binding(4)var<storage,read>cotangent:array<f32>;fn Nb(fa:f32,j:f32)->f32{if(j==0.){return 1.;}if(j==1.){return fa;}if(j==2.){return fa*fa;}if(j==3.){return fa*fa*fa;}if(j==0.5){return sqrt(fa);}if(fa<=0.){return 0.;}return exp2(j*log2(fa));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*ta){return;}let B=(g/ta)*sizes.height*sizes.width;let Da=i32(((g/sizes.outputWidth)%sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);let na=i32((g%sizes.outputWidth)*sizes.strideX)-i32(sizes.padLeft);var Z=0.;for(var round=0u;round<2u;round++){var A=0.;for(var va=0u;va<sizes.kernelHeight;va++){let o=Da+i32(va*sizes.dilationY);if(o<0||o>=i32(sizes.height)){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let e=na+i32(ua*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let Bb=abs(input[B+u32(o)*sizes.width+u32(e)]);if(round==0u){Z=max(Z,Bb);}else{A+=Nb(Bb/Z,sizes.exponent);}}}if(Z==0.){break;}if(round==1u){Z=Z*Nb(A,1./sizes.exponent);}}output[g]=Z;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.height*sizes.width;if(g>=sizes.planes*ta){return;}let B=(g/ta)*sizes.outputHeight*sizes.outputWidth;let o=(g/sizes.width)%sizes.height+sizes.padTop;let e=g%sizes.width+sizes.padLeft;let H=input[g];var A=0.;for(var va=0u;va<sizes.kernelHeight;va++){let Jd=i32(o)-i32(va*sizes.dilationY);if(Jd<0||Jd%i32(sizes.strideY)!=0){continue;}let Na=u32(Jd)/sizes.strideY;if(Na>=sizes.outputHeight){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let Id=i32(e)-i32(ua*sizes.dilationX);if(Id<0||Id%i32(sizes.strideX)!=0){continue;}let Ka=u32(Id)/sizes.strideX;if(Ka>=sizes.outputWidth){continue;}let F=B+Na*sizes.outputWidth+Ka;let Mb=norms[F];if(Mb>0.){A+=cotangent[F]*Nb(abs(H)/Mb,sizes.exponent-1.);}}}output[g]=A*sign(H);}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3, 4]] },
  },
  lrn: {
    source: `struct Sizes{count:u32,channels:u32,spatial:u32,before:u32,after:u32,factor:f32,beta:f32,bias:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>scale:array<f32>;@group(0)@binding(4)var<storage,read>givenScale:array<f32>;@group(0)@binding(5)var<storage,read>cotangent:array<f32>;fn Cd(fa:f32)->f32{if(sizes.beta==0.75){return 1./(sqrt(fa)*sqrt(sqrt(fa)));}return exp2(-sizes.beta*log2(fa));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}let J=(g/sizes.spatial)%sizes.channels;let t=J-min(J,sizes.before);let la=min(J+sizes.after+1u,sizes.channels);let fa=g-J*sizes.spatial;var A=0.;for(var m=t;m<la;m++){let e=input[fa+m*sizes.spatial];A+=e*e;}let N=sizes.bias+sizes.factor*A;scale[g]=N;output[g]=input[g]*Cd(N);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}let J=(g/sizes.spatial)%sizes.channels;let t=J-min(J,sizes.after);let la=min(J+sizes.before+1u,sizes.channels);let fa=g-J*sizes.spatial;var A=0.;for(var m=t;m<la;m++){let F=fa+m*sizes.spatial;let N=givenScale[F];A+=cotangent[F]*input[F]*Cd(N)/N;}output[g]=cotangent[g]*Cd(givenScale[g])-2.*sizes.factor*sizes.beta*input[g]*A;}`,
    uses: { forward: [[0, 1, 2, 3]], gradient: [[0, 1, 2, 4, 5]] },
  },
  'matmul-naive': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);if(n>=sizes.rows*sizes.columns){return;}let D=n/sizes.columns;let ha=n%sizes.columns;var za=0.;for(var m=0u;m<sizes.inner;m++){za+=a[sizes.aOffset+D*sizes.aRowStride+m*sizes.aColumnStride]*b[sizes.bOffset+m*sizes.bRowStride+ha*sizes.bColumnStride];}let h=sizes.cOffset+D*sizes.cRowStride+ha*sizes.cColumnStride;if(sizes.accumulate!=0u){za+=c[h];}c[h]=za;}`,
    uses: { multiply: [[0, 1, 2, 3]] },
  },
  'matmul-tiled': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}const ROWS=4u;const COLUMNS=4u;const mf=ROWS/4u;const hc=COLUMNS/4u;const wb=ROWS*2u;const vb=COLUMNS*2u;const ga=16u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;var<workgroup>de:array<vec4f,272>;var<workgroup>ie:array<vec4f,272>;var<workgroup>ed:array<f32,512>;fn finishedAt(H:f32,h:u32)->f32{return H;}fn write(h:u32,H:f32){if(sizes.accumulate!=0u){c[h]=H+c[h];}else{c[h]=finishedAt(H,h);}}fn gg(t:u32,m:u32,la:u32)->vec4f{let h=sizes.aOffset+t*sizes.aRowStride+m*sizes.aColumnStride;let step=wb*sizes.aRowStride;let ea=select(0u,sizes.rows,m<la);return vec4f(select(0.,a[h],t<ea),select(0.,a[h+step],t+wb<ea),select(0.,a[h+2u*step],t+2u*wb<ea),select(0.,a[h+3u*step],t+3u*wb<ea));}fn yf(t:u32,m:u32,la:u32)->vec4f{let h=sizes.bOffset+t*sizes.bColumnStride+m*sizes.bRowStride;let step=vb*sizes.bColumnStride;let Ja=select(0u,sizes.columns,m<la);return vec4f(select(0.,b[h],t<Ja),select(0.,b[h+step],t+vb<Ja),select(0.,b[h+2u*step],t+2u*vb<Ja),select(0.,b[h+3u*step],t+3u*vb<Ja));}@compute@workgroup_size(64,1,1)fn multiply(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let n=workgroup.x+workgroup.y*R.x;let Tb=(sizes.columns+8u*COLUMNS-1u)/(8u*COLUMNS);let Db=(sizes.rows+8u*ROWS-1u)/(8u*ROWS);let nc=n%Tb*8u*COLUMNS;let Vb=n/Tb%Db*8u*ROWS;let ba=n/(Tb*Db);if(ba>=sizes.splits||Vb>=sizes.rows||nc>=sizes.columns){return;}let la=min(sizes.inner,(ba+1u)*sizes.innerPerSplit);let Je=Q/8u;let Ie=Q%8u;let ee=sizes.aColumnStride<=sizes.aRowStride;let fe=sizes.bRowStride<=sizes.bColumnStride;var q:array<array<vec4f,hc>,ROWS>;for(var t=ba*sizes.innerPerSplit;t<la;t+=ga){for(var h=Q;h<ga*wb;h+=64u){let m=select(h/wb,h%ga,ee);let Ha=select(h%wb,h/ga,ee);de[m*(wb+1u)+Ha]=gg(Vb+Ha,t+m,la);}for(var h=Q;h<ga*vb;h+=64u){let m=select(h/vb,h%ga,fe);let Ha=select(h%vb,h/ga,fe);ie[m*(vb+1u)+Ha]=yf(nc+Ha,t+m,la);}workgroupBarrier();for(var m=0u;m<ga;m++){var Ga:array<vec4f,hc>;for(var s=0u;s<hc;s++){Ga[s]=ie[m*(vb+1u)+Ie+8u*s];}for(var cb=0u;cb<mf;cb++){let na=de[m*(wb+1u)+Je+8u*cb];for(var d=0u;d<4u;d++){for(var s=0u;s<hc;s++){q[4u*cb+d][s]=fma(vec4f(na[d]),Ga[s],q[4u*cb+d][s]);}}}}workgroupBarrier();}let step=min(sizes.rows,1u);for(var i=0u;i<ROWS;i+=step){var ka=q[0];for(var d=1u;d<ROWS;d++){for(var s=0u;s<hc;s++){ka[s]=select(ka[s],q[d][s],d==i);}}let D=Vb+Je+8u*(i/4u)+wb*(i%4u);let r=sizes.cOffset+ba*sizes.rows*sizes.columns+D*sizes.cRowStride;for(var s=0u;s<hc;s++){for(var d=0u;d<4u;d++){let ha=nc+Ie+8u*s+vb*d;if(D<sizes.rows&&ha<sizes.columns){write(r+ha*sizes.cColumnStride,ka[s][d]);}}}}}@compute@workgroup_size(64,1,1)fn dot(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let ha=workgroup.x+workgroup.y*R.x;if(ha>=sizes.columns){return;}let r=sizes.bOffset+ha*sizes.bColumnStride;var q:array<f32,ROWS>;for(var m=Q;m<sizes.inner;m+=64u){let Ga=b[r+m*sizes.bRowStride];for(var i=0u;i<ROWS;i++){let na=a[sizes.aOffset+min(i,sizes.rows-1u)*sizes.aRowStride+m*sizes.aColumnStride];q[i]=fma(na,Ga,q[i]);}}for(var i=0u;i<ROWS;i++){ed[i*64u+Q]=q[i];}workgroupBarrier();for(var qa=32u;qa>0u;qa/=2u){if(Q<qa){for(var i=0u;i<ROWS;i++){ed[i*64u+Q]+=ed[i*64u+Q+qa];}}workgroupBarrier();}if(Q<min(ROWS,sizes.rows)){write(sizes.cOffset+Q*sizes.cRowStride+ha*sizes.cColumnStride,ed[Q*64u]);}}`,
    uses: { multiply: [[0, 1, 2, 3], 'finishedAt'], dot: [[0, 1, 2, 3], 'finishedAt'] },
  },
  matmul: {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@group(0)@binding(4)var<storage,read>partials:array<f32>;@group(0)@binding(5)var<storage,read>packedA:array<vec4f>;@group(0)@binding(6)var<storage,read>packedB:array<vec4f>;@group(0)@binding(7)var<storage,read_write>packed:array<vec4f>;fn finishedAt(H:f32,h:u32)->f32{return H;}fn write(h:u32,H:f32){c[h]=finishedAt(select(H,H+c[h],sizes.accumulate!=0u),h);}fn Eb(D:u32,ha:u32,ba:u32,q:array<array<vec4f,2>,8>){let step=min(sizes.rows,1u);for(var i=0u;i<min(8u,sizes.rows-D);i+=step){var X=q[0][0];var aa=q[0][1];for(var d=1u;d<8u;d++){X=select(X,q[d][0],d==i);aa=select(aa,q[d][1],d==i);}let Nc=sizes.cColumnStride;let h=sizes.cOffset+ba*sizes.rows*sizes.columns+(D+i)*sizes.cRowStride+ha*Nc;for(var s=0u;s<min(8u,sizes.columns-ha);s+=step){let qa=select(X,aa,(s&4u)!=0u);let Qa=select(qa.xy,qa.zw,(s&2u)!=0u);write(h+s*Nc,select(Qa.x,Qa.y,(s&1u)!=0u));}}}@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let Tb=(sizes.columns+7u)/8u;let Db=(sizes.rows+7u)/8u;if(n>=Tb*Db*sizes.splits){return;}let ha=n%Tb*8u;let D=(n/Tb)%Db*8u;let ba=n/(Tb*Db);let t=ba*sizes.innerPerSplit;let la=min(sizes.inner,t+sizes.innerPerSplit);var ce:array<u32,8>;var Hb:array<u32,8>;for(var d=0u;d<8u;d++){ce[d]=sizes.aOffset+min(D+d,sizes.rows-1u)*sizes.aRowStride;Hb[d]=sizes.bOffset+min(ha+d,sizes.columns-1u)*sizes.bColumnStride;}var q:array<array<vec4f,2>,8>;for(var m=t;m<la;m++){let nf=m*sizes.aColumnStride;let Sb=m*sizes.bRowStride;let X=vec4f(b[Hb[0]+Sb],b[Hb[1]+Sb],b[Hb[2]+Sb],b[Hb[3]+Sb]);let aa=vec4f(b[Hb[4]+Sb],b[Hb[5]+Sb],b[Hb[6]+Sb],b[Hb[7]+Sb]);for(var d=0u;d<8u;d++){let e=a[ce[d]+nf];q[d][0]+=e*X;q[d][1]+=e*aa;}}Eb(D,ha,ba,q);}@compute@workgroup_size(64,1,1)fn multiplyPacked(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)Q:u32,@builtin(num_workgroups)R:vec3u){let n=workgroup.x+workgroup.y*R.x;let Db=(sizes.rows+7u)/8u;let We=n%Db;let ne=(sizes.columns+511u)/512u;let Ad=(n/Db)%ne*64u+Q;let ba=n/(Db*ne);if(ba>=sizes.splits||Ad*8u>=sizes.columns){return;}let t=ba*sizes.innerPerSplit;let la=min(sizes.inner,t+sizes.innerPerSplit);var sd=(We*sizes.inner+t)*2u;var ud=(Ad*sizes.inner+t)*2u;var q:array<array<vec4f,2>,8>;for(var m=t;m<la;m++){let Da=packedA[sd];let kc=packedA[sd+1u];let X=packedB[ud];let aa=packedB[ud+1u];sd+=2u;ud+=2u;for(var d=0u;d<4u;d++){q[d][0]=fma(vec4f(Da[d]),X,q[d][0]);q[d][1]=fma(vec4f(Da[d]),aa,q[d][1]);q[d+4u][0]=fma(vec4f(kc[d]),X,q[d+4u][0]);q[d+4u][1]=fma(vec4f(kc[d]),aa,q[d+4u][1]);}}Eb(We*8u,Ad*8u,ba,q);}@compute@workgroup_size(64,1,1)fn packRows(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let Ld=(sizes.rows+7u)/8u*2u;if(n>=Ld*sizes.inner){return;}let ge=sizes.aColumnStride<=sizes.aRowStride;let m=select(n/Ld,n%sizes.inner,ge);let qa=select(n%Ld,n/sizes.inner,ge);let ma=sizes.rows-1u;let h=sizes.aOffset+m*sizes.aColumnStride;packed[(qa/2u*sizes.inner+m)*2u+qa%2u]=vec4f(a[h+min(qa*4u,ma)*sizes.aRowStride],a[h+min(qa*4u+1u,ma)*sizes.aRowStride],a[h+min(qa*4u+2u,ma)*sizes.aRowStride],a[h+min(qa*4u+3u,ma)*sizes.aRowStride]);}@compute@workgroup_size(64,1,1)fn multiplyVector(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);if(n>=sizes.rows*sizes.columns*sizes.splits){return;}let ha=n%sizes.columns;let D=(n/sizes.columns)%sizes.rows;let ba=n/(sizes.columns*sizes.rows);let t=ba*sizes.innerPerSplit;let la=min(sizes.inner,t+sizes.innerPerSplit);var za=0.;for(var m=t;m<la;m++){za+=a[sizes.aOffset+D*sizes.aRowStride+m*sizes.aColumnStride]*b[sizes.bOffset+m*sizes.bRowStride+ha*sizes.bColumnStride];}let Yf=ba*sizes.rows*sizes.columns;write(sizes.cOffset+Yf+D*sizes.cRowStride+ha*sizes.cColumnStride,za);}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)R:vec3u){let n=f.x+f.y*(R.x*64u);let Jb=sizes.rows*sizes.columns;if(n>=Jb){return;}var za=0.;for(var ba=0u;ba<sizes.splits;ba++){za+=partials[ba*Jb+n];}write(sizes.cOffset+n/sizes.columns*sizes.cRowStride+n%sizes.columns*sizes.cColumnStride,za);}`,
    uses: {
      multiply: [[0, 1, 2, 3], 'finishedAt'],
      multiplyPacked: [[0, 3, 5, 6], 'finishedAt'],
      packRows: [[0, 1, 7]],
      multiplyVector: [[0, 1, 2, 3], 'finishedAt'],
      reducePartials: [[0, 3, 4], 'finishedAt'],
    },
  },
  'max-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>switches:array<i32>;@group(0)@binding(3)var<storage,read>givenSwitches:array<i32>;@compute@workgroup_size(64,1,1)fn maxPool(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*ta){return;}let B=(g/ta)*sizes.height*sizes.width;let Da=i32(((g/sizes.outputWidth)%sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);let na=i32((g%sizes.outputWidth)*sizes.strideX)-i32(sizes.padLeft);var oa=0.;var pa=-1;for(var va=0u;va<sizes.kernelHeight;va++){let o=Da+i32(va*sizes.dilationY);if(o<0||o>=i32(sizes.height)){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let e=na+i32(ua*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let F=o*i32(sizes.width)+e;let ke=input[B+u32(F)];if(pa<0||ke>oa){oa=ke;pa=F;}}}output[g]=oa;switches[g]=pa;}fn hf(r:u32,ma:u32,Dd:u32,Nc:u32,Ea:u32)->vec2u{let t=(max(r,Dd)-Dd)/Nc+select(0u,1u,r>=Dd);return vec2u(t,min(ma/Nc+1u,Ea));}fn ye(Fa:u32,Bc:u32,yb:u32)->bool{return Fa<=(Bc-1u)*yb&&(yb==1u||Fa%yb==0u);}@compute@workgroup_size(64,1,1)fn unpool(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let Xa=(sizes.width+7u)/8u;let D=g/Xa;if(D>=sizes.planes*sizes.height){return;}let na=(g-D*Xa)*8u;let B=D/sizes.height;let o=D-B*sizes.height;let jb=o*sizes.width;let Zc=(sizes.kernelHeight-1u)*sizes.dilationY+1u;let Yc=(sizes.kernelWidth-1u)*sizes.dilationX+1u;let ea=hf(o+sizes.padTop,o+sizes.padTop,Zc,sizes.strideY,sizes.outputHeight);let t=na+sizes.padLeft;let Ja=hf(t,t+7u,Yc,sizes.strideX,sizes.outputWidth);var X=vec4f();var aa=vec4f();for(var Na=ea.x;Na<ea.y;Na++){if(!ye(o+sizes.padTop-Na*sizes.strideY,sizes.kernelHeight,sizes.dilationY)){continue;}let r=(B*sizes.outputHeight+Na)*sizes.outputWidth;for(var Ka=Ja.x;Ka<Ja.y;Ka++){let ha=u32(givenSwitches[r+Ka])-jb;let Fa=ha+sizes.padLeft-Ka*sizes.strideX;if(ha<sizes.width&&ye(Fa,sizes.kernelWidth,sizes.dilationX)){let Q=vec4u(ha-na);let H=vec4f(input[r+Ka]);X+=select(vec4f(),H,Q==vec4u(0u,1u,2u,3u));aa+=select(vec4f(),H,Q==vec4u(4u,5u,6u,7u));}}}let h=B*sizes.height*sizes.width+jb+na;for(var d=0u;d<min(8u,sizes.width-na);d++){let qa=select(X,aa,d>=4u);let Qa=select(qa.xy,qa.zw,(d&2u)!=0u);output[h+d]=select(Qa.x,Qa.y,(d&1u)!=0u);}}@compute@workgroup_size(64,1,1)fn poolSwitch(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;let ta=sizes.outputHeight*sizes.outputWidth;if(g>=sizes.planes*ta){return;}let pa=givenSwitches[g];if(pa<0){output[g]=0.;}else{output[g]=input[(g/ta)*sizes.height*sizes.width+u32(pa)];}}`,
    uses: { maxPool: [[0, 1, 2, 3]], unpool: [[0, 1, 2, 4]], poolSwitch: [[0, 1, 2, 4]] },
  },
  pad: {
    source: `struct Sizes{count:u32,inner:u32,size:u32,padded:u32,before:i32,value:u32}const MODE=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@group(0)@binding(2)var<storage,read_write>sum:array<f32>;fn Lb(e:i32,sb:i32)->i32{return((e%sb)+sb)%sb;}fn Rd(h:i32)->i32{let O=i32(sizes.size);if(h>=0&&h<O){return h;}if(MODE==0u||O==0){return-1;}if(MODE==1u){let sb=max(2*(O-1),1);let Re=Lb(h,sb);return min(Re,sb-Re)%O;}if(MODE==2u){return clamp(h,0,O-1);}return Lb(h,O);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let h=i32((d/sizes.inner)%sizes.padded)-sizes.before;let V=d/(sizes.inner*sizes.padded);let ef=Rd(h);if(ef<0){output[d]=sizes.value;}else{output[d]=input[(V*sizes.size+u32(ef))*sizes.inner+g];}}fn Qc(r:u32,t:i32,step:i32,la:i32)->f32{var A=0.;for(var j=t;j<la;j+=step){if(j>=0){A+=cotangent[r+u32(j)*sizes.inner];}}return A;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.count){return;}let g=d%sizes.inner;let J=i32((d/sizes.inner)%sizes.size);let V=d/(sizes.inner*sizes.size);let r=V*sizes.padded*sizes.inner+g;let O=i32(sizes.size);let sc=i32(sizes.padded);let Za=J+sizes.before;if(MODE==0u){sum[d]=Qc(r,Za,1,min(Za+1,sc));}else if(MODE==1u){let sb=max(2*(O-1),1);var A=Qc(r,Lb(Za,sb),sb,sc);if(J>0&&J<O-1){A+=Qc(r,Lb(sizes.before-J,sb),sb,sc);}sum[d]=A;}else if(MODE==2u){let t=select(max(Za,0),0,J==0);let la=select(min(Za+1,sc),sc,J==O-1);sum[d]=Qc(r,t,1,la);}else{sum[d]=Qc(r,Lb(Za,O),O,sc);}}`,
    uses: { forward: [[0, 1, 3]], gradient: [[0, 2, 4]] },
  },
  'reduce-max-gradient': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>positions:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var m=0u;var i=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let Q=(P-1u)%4u;let O=sizes.outputSize[u][Q];let pa=W%O;W=W/O;m+=pa*sizes.keptStride[u][Q];i+=pa*sizes.reducedStride[u][Q];}output[g]=select(0.,cotangent[m],positions[m]==i32(i));}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'reduce-product': {
    source: `struct Sizes{kept:u32,reduced:u32,keptRank:u32,reducedRank:u32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn pc(m:u32)->u32{var W=m;var Fa=0u;for(var P=sizes.keptRank;P>0u;P--){let u=(P-1u)/4u;let Q=(P-1u)%4u;let O=sizes.keptSize[u][Q];Fa+=(W%O)*sizes.keptStride[u][Q];W=W/O;}return Fa;}fn fd(D:u32)->u32{var W=D;var Fa=0u;for(var P=sizes.reducedRank-1u;P>0u;P--){let u=(P-1u)/4u;let Q=(P-1u)%4u;let O=sizes.reducedSize[u][Q];Fa+=(W%O)*sizes.reducedStride[u][Q];W=W/O;}return Fa;}fn fc(i:u32)->u32{let ma=sizes.reducedRank-1u;let Kb=sizes.reducedSize[ma/4u][ma%4u];return fd(i/Kb)+(i%Kb)*sizes.reducedStride[ma/4u][ma%4u];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let m=f.x+f.y*l.x*64u;if(m>=sizes.kept){return;}let fa=pc(m);var A=1.;for(var i=0u;i<sizes.reduced;i++){A*=input[fa+fc(i)];}output[m]=A;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.kept*sizes.reduced){return;}let m=g/sizes.reduced;let Za=g%sizes.reduced;let fa=pc(m);var A=cotangent[m];for(var i=0u;i<sizes.reduced;i++){if(i!=Za){A*=input[fa+fc(i)];}}output[fa+fc(Za)]=A;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  reduce: {
    source: `const TERM=0u;const FINISH=0u;const CHOICE=0u;struct Sizes{kept:u32,reduced:u32,splits:u32,perSplit:u32,keptRank:u32,reducedRank:u32,scale:f32,bottom:f32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>positions:array<i32>;fn pc(m:u32)->u32{var W=m;var Fa=0u;for(var P=sizes.keptRank;P>0u;P--){let u=(P-1u)/4u;let Q=(P-1u)%4u;let O=sizes.keptSize[u][Q];Fa+=(W%O)*sizes.keptStride[u][Q];W=W/O;}return Fa;}fn fd(D:u32)->u32{var W=D;var Fa=0u;for(var P=sizes.reducedRank-1u;P>0u;P--){let u=(P-1u)/4u;let Q=(P-1u)%4u;let O=sizes.reducedSize[u][Q];Fa+=(W%O)*sizes.reducedStride[u][Q];W=W/O;}return Fa;}fn fc(i:u32)->u32{let ma=sizes.reducedRank-1u;let Kb=sizes.reducedSize[ma/4u][ma%4u];return fd(i/Kb)+(i%Kb)*sizes.reducedStride[ma/4u][ma%4u];}fn mg(e:f32)->f32{if(TERM==0u){return e;}if(TERM==1u){return abs(e);}return e*e;}fn finished(A:f32)->f32{if(FINISH==0u){return A;}if(FINISH==1u){return sqrt(A);}return select(log(A),sizes.bottom,A==0.);}fn Sf(e:f32,oa:f32)->bool{if(CHOICE==0u){return e>oa;}if(CHOICE==1u){return e<oa;}if(CHOICE==2u){return e>=oa;}return e<=oa;}@compute@workgroup_size(64,1,1)fn sum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.kept*sizes.splits){return;}let r=(g%sizes.splits)*sizes.perSplit;let la=min(r+sizes.perSplit,sizes.reduced);let fa=pc(g/sizes.splits);let ma=sizes.reducedRank-1u;let Kb=sizes.reducedSize[ma/4u][ma%4u];let Ce=sizes.reducedStride[ma/4u][ma%4u];var A=0.;var i=r;while(i<la){let Be=i%Kb;let lg=min(la,i-Be+Kb);var F=fa+fd(i/Kb)+Be*Ce;for(;i<lg;i++){A+=mg(input[F]);F+=Ce;}}output[g]=finished(A*sizes.scale);}@compute@workgroup_size(64,1,1)fn extremum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let m=f.x+f.y*l.x*64u;if(m>=sizes.kept){return;}let fa=pc(m);var oa=sizes.bottom;var pa=0u;for(var i=0u;i<sizes.reduced;i++){let e=input[fa+fc(i)];if(i==0u||Sf(e,oa)){oa=e;pa=i;}}output[m]=oa;positions[m]=i32(pa);}@compute@workgroup_size(64,1,1)fn logSumExp(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let m=f.x+f.y*l.x*64u;if(m>=sizes.kept){return;}let fa=pc(m);var Z=sizes.bottom;for(var i=0u;i<sizes.reduced;i++){Z=max(Z,input[fa+fc(i)]);}var A=0.;for(var i=0u;i<sizes.reduced;i++){A+=exp(input[fa+fc(i)]-Z);}output[m]=select(Z+log(A),sizes.bottom,sizes.reduced==0u||Z==sizes.bottom);}`,
    uses: { sum: [[0, 1, 2], 'finished'], extremum: [[0, 1, 2, 3]], logSumExp: [[0, 1, 2]] },
  },
  resample: {
    source: `struct Sizes{count:u32,inner:u32,inputAxis:u32,outputAxis:u32,fill:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>spans:array<i32>;@group(0)@binding(3)var<storage,read>weights:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.count){return;}let g=I%sizes.inner;let m=(I/sizes.inner)%sizes.outputAxis;let V=I/(sizes.inner*sizes.outputAxis);let r=spans[3u*m];var A=sizes.fill;if(r>=0){A=0.;let E=u32(spans[3u*m+1u]);let t=u32(spans[3u*m+2u]);var F=(V*sizes.inputAxis+u32(r))*sizes.inner+g;for(var d=0u;d<E;d++){A+=weights[t+d]*input[F];F+=sizes.inner;}}output[I]=A;}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
  'row-norm': {
    source: `struct Sizes{rows:u32,size:u32,affineInner:u32,affineCount:u32,epsilon:f32,center:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>inverse:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read_write>output:array<f32>;@group(0)@binding(7)var<storage,read>variance:array<f32>;@compute@workgroup_size(64,1,1)fn invert(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let i=f.x+f.y*l.x*64u;if(i>=sizes.rows){return;}let jg=select(mean[i]*mean[i],0.,sizes.center==1u);output[i]=1./sqrt(variance[i]+jg+sizes.epsilon);}fn Td(I:u32)->f32{let i=I/sizes.size;return(input[I]-select(0.,mean[i],sizes.center==1u))*inverse[i];}@compute@workgroup_size(64,1,1)fn plain(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.rows*sizes.size){return;}output[I]=Td(I);}@compute@workgroup_size(64,1,1)fn scaled(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.rows*sizes.size){return;}output[I]=Td(I)*scale[(I/sizes.affineInner)%sizes.affineCount];}@compute@workgroup_size(64,1,1)fn affine(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let I=f.x+f.y*l.x*64u;if(I>=sizes.rows*sizes.size){return;}let v=(I/sizes.affineInner)%sizes.affineCount;output[I]=Td(I)*scale[v]+shift[v];}`,
    uses: {
      invert: [[0, 2, 6, 7]],
      plain: [[0, 1, 2, 3, 6]],
      scaled: [[0, 1, 2, 3, 4, 6]],
      affine: [[0, 1, 2, 3, 4, 5, 6]],
    },
  },
  rows: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32,k:u32,exclusive:u32,reverse:u32,onValue:f32,offValue:f32}const LARGEST=1u;const INTEGER=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>values:array<u32>;@group(0)@binding(3)var<storage,read_write>indices:array<i32>;@group(0)@binding(3)var<storage,read>givenIndices:array<i32>;fn jb(D:u32,P:u32)->u32{return(D/sizes.inner)*P*sizes.inner+D%sizes.inner;}fn Vf(Sa:u32)->u32{var qb=Sa^0x80000000u;if(INTEGER==0u){let Bb=Sa&0x7fffffffu;if(Bb>0x7f800000u){qb=0xffffffffu;}else if(Bb==0u){qb=0x80000000u;}else if(Sa>0x80000000u){qb=~Sa;}else{qb=Sa|0x80000000u;}}return select(~qb,qb,LARGEST==1u);}@compute@workgroup_size(64,1,1)fn topK(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D,sizes.axis);let t=jb(D,sizes.k);var Nd=0xffffffffu;var Ke=-1;for(var C=0u;C<sizes.k;C++){var vd=0u;var oa=-1;for(var v=0u;v<sizes.axis;v++){let qb=Vf(input[r+v*sizes.inner]);let zf=qb<Nd||(qb==Nd&&i32(v)>Ke);if(zf&&(oa<0||qb>vd)){vd=qb;oa=i32(v);}}values[t+C*sizes.inner]=input[r+u32(max(oa,0))*sizes.inner];indices[t+C*sizes.inner]=oa;Nd=vd;Ke=oa;}}@compute@workgroup_size(64,1,1)fn cumSum(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D,sizes.axis);var A=0.;var Ea=0;for(var sa=0u;sa<sizes.axis;sa++){let F=r+select(sa,sizes.axis-1u-sa,sizes.reverse==1u)*sizes.inner;let uf=select(bitcast<u32>(A),bitcast<u32>(Ea),INTEGER==1u);A+=bitcast<f32>(input[F]);Ea+=bitcast<i32>(input[F]);let qf=select(bitcast<u32>(A),bitcast<u32>(Ea),INTEGER==1u);values[F]=select(qf,uf,sizes.exclusive==1u);}}@compute@workgroup_size(64,1,1)fn hardmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D,sizes.axis);var oa=0u;for(var v=1u;v<sizes.axis;v++){if(bitcast<f32>(input[r+v*sizes.inner])>bitcast<f32>(input[r+oa*sizes.inner])){oa=v;}}for(var v=0u;v<sizes.axis;v++){values[r+v*sizes.inner]=bitcast<u32>(select(0.,1.,v==oa));}}@compute@workgroup_size(64,1,1)fn oneHot(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let d=f.x+f.y*l.x*64u;if(d>=sizes.rows*sizes.axis){return;}let N=i32((d/sizes.inner)%sizes.axis);let n=givenIndices[(d/(sizes.inner*sizes.axis))*sizes.inner+d%sizes.inner];let Uf=n==N||n==N-i32(sizes.axis);values[d]=bitcast<u32>(select(sizes.offValue,sizes.onValue,Uf));}`,
    uses: { topK: [[0, 1, 2, 3]], cumSum: [[0, 1, 2]], hardmax: [[0, 1, 2]], oneHot: [[0, 2, 4]] },
  },
  sgd: {
    source: `struct Sizes{count:u32,momentum:f32,weightDecay:f32,nesterov:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>learningRate:array<f32>;@group(0)@binding(3)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(4)var<storage,read_write>velocity:array<vec4f>;@group(0)@binding(5)var<storage,read>places:array<u32>;const qd=4u;const rd=4u;fn Tc(Kd:u32,Ec:u32,ff:u32){let j=parameter[Ec];let N=gradient[Kd]+sizes.weightDecay*j;let s=sizes.momentum*velocity[ff]+N;velocity[ff]=s;parameter[Ec]=j-learningRate[0]*select(s,N+sizes.momentum*s,sizes.nesterov==1u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}Tc(g,g,g);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let h=qd*(f.x/64u+f.y*l.x);if(h>=arrayLength(&places)){return;}let Ea=places[h+3u];for(var round=0u;round<rd;round++){let g=round*64u+f.x%64u;if(g<Ea){Tc(places[h]+g,places[h+1u]+g,places[h+2u]+g);}}}`,
    uses: { main: [[0, 1, 2, 3, 4]], many: [[0, 1, 2, 3, 4, 5]] },
  },
  softmax: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>cotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn jb(D:u32)->u32{return(D/sizes.inner)*sizes.axis*sizes.inner+D%sizes.inner;}fn Jc(r:u32)->f32{var oa=input[r];for(var v=1u;v<sizes.axis;v++){oa=max(oa,input[r+v*sizes.inner]);}return oa;}fn Kc(r:u32,Z:f32)->f32{var A=0.;for(var v=0u;v<sizes.axis;v++){A+=exp(input[r+v*sizes.inner]-Z);}return A;}@compute@workgroup_size(64,1,1)fn softmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D);let Z=Jc(r);let A=Kc(r,Z);for(var v=0u;v<sizes.axis;v++){let F=r+v*sizes.inner;output[F]=exp(input[F]-Z)/A;}}@compute@workgroup_size(64,1,1)fn logSoftmax(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D);let Z=Jc(r);let Wf=log(Kc(r,Z));for(var v=0u;v<sizes.axis;v++){let F=r+v*sizes.inner;output[F]=input[F]-Z-Wf;}}@compute@workgroup_size(64,1,1)fn softmaxGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D);var A=0.;for(var v=0u;v<sizes.axis;v++){let F=r+v*sizes.inner;A+=cotangent[F]*input[F];}for(var v=0u;v<sizes.axis;v++){let F=r+v*sizes.inner;output[F]=input[F]*(cotangent[F]-A);}}@compute@workgroup_size(64,1,1)fn logSoftmaxGradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let D=f.x+f.y*l.x*64u;if(D>=sizes.rows){return;}let r=jb(D);var A=0.;for(var v=0u;v<sizes.axis;v++){A+=cotangent[r+v*sizes.inner];}for(var v=0u;v<sizes.axis;v++){let F=r+v*sizes.inner;output[F]=cotangent[F]-exp(input[F])*A;}}`,
    uses: {
      softmax: [[0, 1, 3]],
      logSoftmax: [[0, 1, 3]],
      softmaxGradient: [[0, 1, 2, 3]],
      logSoftmaxGradient: [[0, 1, 2, 3]],
    },
  },
  'strided-copy': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,inputStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var n=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let O=sizes.outputSize[u][i];n+=(W%O)*sizes.inputStride[u][i];W=W/O;}output[g]=input[n];}`,
    uses: { main: [[0, 1, 2]] },
  },
  trigonometry: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn uc(e:f32)->vec2f{let nd=round(e*0.636619772);let i=fma(nd,-7.54978995489188216e-8,fma(nd,-4.837512969970703125e-4,fma(nd,-1.5703125,e)));let M=i*i;let da=i+i*M*((-1.9515295891e-4*M+8.3321608736e-3)*M-1.6666654611e-1);let J=1.-0.5*M+M*M*((2.443315711809948e-5*M-1.388731625493765e-3)*M+4.166664568298827e-2);let Zb=i32(nd)&3;let ld=select(vec2f(da,J),vec2f(J,da),(Zb&1)==1);return vec2f(select(ld.x,-ld.x,Zb>=2),select(ld.y,-ld.y,Zb==1||Zb==2));}fn jd(e:f32)->f32{let M=e*e;var j=4.2163199048e-2;j=j*M+2.4181311049e-2;j=j*M+4.5470025998e-2;j=j*M+7.4953002686e-2;return e+e*M*(j*M+1.6666752422e-1);}fn sf(e:f32)->f32{let M=abs(e);if(M<=0.5){return jd(e);}return sign(e)*(1.57079633-2.*jd(sqrt(0.5*(1.-M))));}fn rf(e:f32)->f32{let M=abs(e);if(M<=0.5){return 1.57079633-jd(e);}let bf=2.*jd(sqrt(0.5*(1.-M)));return select(3.14159265-bf,bf,e>0.);}fn tf(e:f32)->f32{let M=abs(e);var Fa=0.;var o=M;if(M>2.41421356){Fa=1.57079633;o=-1./M;}else if(M>0.41421356){Fa=0.78539816;o=(M-1.)/(M+1.);}let da=o*o;let j=((8.05374449538e-2*da-1.38776856032e-1)*da+1.99777106478e-1)*da-3.33329491539e-1;return sign(e)*(Fa+(o+o*da*j));}fn Ae(e:f32)->f32{let M=abs(e);if(M<1.){let da=e*e;return e+e*da*((2.03721912945e-4*da+8.33028376239e-3)*da+1.66667160211e-1);}let I=exp(0.5*M);return sign(e)*(0.5*I*I-0.5/(I*I));}fn ze(e:f32)->f32{let I=exp(0.5*abs(e));return 0.5*I*I+0.5/(I*I);}fn Qf(e:f32)->f32{let M=abs(e);if(M<0.5){let da=e*e;let j=(2.0122003309e-2*da-4.2699340972e-2)*da+7.4847586088e-2;return e+e*da*(j*da-1.6666288134e-1);}if(M>1500.){return sign(e)*(log(M)+0.69314718);}return sign(e)*log(M+sqrt(M*M+1.));}fn Pf(e:f32)->f32{let M=e-1.;if(M<0.5){let j=((1.7596881071e-3*M-7.5272886713e-3)*M+2.6454905019e-2)*M-1.1784741703e-1;return sqrt(M)*(j*M+1.4142135263);}if(e>1500.){return log(e)+0.69314718;}return log(e+sqrt(M*(e+1.)));}fn Rf(e:f32)->f32{let M=abs(e);if(M<0.5){let da=e*e;var j=1.81740078349e-1;j=j*da+8.24370301058e-2;j=j*da+1.46691431730e-1;j=j*da+1.99782164500e-1;return e+e*da*(j*da+3.33337300303e-1);}return sign(e)*0.5*log((1.+M)/(1.-M));}fn H(e:f32)->f32{if(OPERATION==0u){return uc(e).x;}if(OPERATION==1u){return uc(e).y;}if(OPERATION==2u){let je=uc(e);return je.x/je.y;}if(OPERATION==3u){return sf(e);}if(OPERATION==4u){return rf(e);}if(OPERATION==5u){return tf(e);}if(OPERATION==6u){return Ae(e);}if(OPERATION==7u){return ze(e);}if(OPERATION==8u){return Qf(e);}if(OPERATION==9u){return Pf(e);}return Rf(e);}fn Ca(e:f32)->f32{if(OPERATION==0u){return uc(e).y;}if(OPERATION==1u){return-uc(e).x;}if(OPERATION==2u){let J=uc(e).y;return 1./(J*J);}if(OPERATION==3u){return 1./sqrt((1.-e)*(1.+e));}if(OPERATION==4u){return-1./sqrt((1.-e)*(1.+e));}if(OPERATION==5u){return 1./(1.+e*e);}if(OPERATION==6u){return ze(e);}if(OPERATION==7u){return Ae(e);}if(OPERATION==8u){return 1./sqrt(1.+e*e);}if(OPERATION==9u){return 1./sqrt((e-1.)*(e+1.));}return 1./((1.-e)*(1.+e));}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ca(e.x),Ca(e.y),Ca(e.z),Ca(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  unary: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn Gf(e:f32)->f32{let M=abs(e);if(M<1.){let da=e*e;var j=7.853861353153693e-5;j=j*da-8.010193625184903e-4;j=j*da+5.188327685732524e-3;j=j*da-2.685381193529856e-2;j=j*da+1.128358514861418e-1;j=j*da-3.761262582423300e-1;return e*(j*da+1.128379165726710);}let d=1./(1.+0.3275911*M);let j=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;return sign(e)*(1.-j*d*exp(-M*M));}fn H(e:f32)->f32{if(OPERATION==0u){return max(e,0.);}if(OPERATION==1u){return sizes.alpha*e;}if(OPERATION==2u){return abs(e);}if(OPERATION==3u){return sign(e);}if(OPERATION==4u){return floor(e);}if(OPERATION==5u){return ceil(e);}if(OPERATION==6u){return round(e);}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return select(log(e),sizes.alpha,e==0.);}if(OPERATION==9u){return sqrt(e);}if(OPERATION==10u){return 1./e;}return Gf(e);}fn Ca(e:f32)->f32{if(OPERATION==0u){return select(0.,1.,e>0.);}if(OPERATION==1u){return sizes.alpha;}if(OPERATION==2u){return sign(e);}if(OPERATION<7u){return 0.;}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return 1./e;}if(OPERATION==9u){return 0.5/sqrt(e);}if(OPERATION==10u){return-1./(e*e);}return 1.1283791671*exp(-e*e);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=vec4f(H(e.x),H(e.y),H(e.z),H(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g*4u>=sizes.count){return;}let e=input[g];output[g]=cotangent[g]*vec4f(Ca(e.x),Ca(e.y),Ca(e.z),Ca(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  where: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,conditionStride:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>condition:array<i32>;@group(0)@binding(2)var<storage,read>a:array<u32>;@group(0)@binding(3)var<storage,read>b:array<u32>;@group(0)@binding(4)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)f:vec3u,@builtin(num_workgroups)l:vec3u){let g=f.x+f.y*l.x*64u;if(g>=sizes.count){return;}var W=g;var oe=0u;var lb=0u;var mb=0u;for(var P=sizes.rank;P>0u;P--){let u=(P-1u)/4u;let i=(P-1u)%4u;let O=sizes.outputSize[u][i];let pa=W%O;W=W/O;oe+=pa*sizes.conditionStride[u][i];lb+=pa*sizes.aStride[u][i];mb+=pa*sizes.bStride[u][i];}output[g]=select(b[mb],a[lb],condition[oe]!=0);}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
} as const;

/** What each entry point binds, and which uniforms it reads; the key is `file/entryPoint`. */
export interface KernelSignatures {
  'activation/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'activation/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'adam/main': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'adam/many': {
    bindings: 'gradient' | 'stepSize' | 'secondCorrection' | 'parameter' | 'firstMoment' | 'secondMoment' | 'places';
    uniforms: {
      count: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
    };
  };
  'average-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'average-pool/gradient': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      padBottom: number;
      padRight: number;
      countPadding: number;
    };
  };
  'batch-norm/partialSums': {
    bindings: 'input' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialSquares': {
    bindings: 'input' | 'mean' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combine': {
    bindings: 'output' | 'partials';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/normalize': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'shift' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/tabulate': {
    bindings: 'mean' | 'variance' | 'scale' | 'shift' | 'table';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/partialGradients': {
    bindings: 'input' | 'mean' | 'variance' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/combineGradients': {
    bindings: 'partials' | 'scaleGradient' | 'shiftGradient';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inputGradient': {
    bindings: 'input' | 'mean' | 'variance' | 'scale' | 'cotangent' | 'output' | 'scaleSums' | 'shiftSums';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'batch-norm/inferenceGradient': {
    bindings: 'variance' | 'scale' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      spatial: number;
      splits: number;
      runLength: number;
      epsilon: number;
    };
  };
  'bias/main': {
    bindings: 'input' | 'bias' | 'output';
    uniforms: {
      segments: number;
      segmentLength: number;
      runLength: number;
      channels: number;
      biasStep: number;
    };
  };
  'binary-integer/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/same': {
    bindings: 'a4' | 'b4' | 'output4';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'binary/broadcast': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'compare/main': {
    bindings: 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
  'conv2d-depthwise-columns/convolve': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/forward': {
    bindings: 'input' | 'inputVectors' | 'weight' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/forwardVectors': {
    bindings: 'input' | 'inputVectors' | 'weight' | 'outputVectors';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/inputGradient': {
    bindings: 'weight' | 'outputCotangent' | 'cotangentVectors' | 'inputCotangent';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/inputGradientVectors': {
    bindings: 'weight' | 'outputCotangent' | 'cotangentVectors' | 'inputCotangentVectors';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise-strips/weightGradient': {
    bindings: 'input' | 'inputVectors' | 'outputCotangent' | 'cotangentVectors' | 'partials';
    uniforms: {
      batch: number;
      channels: number;
      inputHeight: number;
      inputWidth: number;
      outputHeight: number;
      outputWidth: number;
      padTop: number;
      firstStep: number;
      steps: number;
      stepsPerStrip: number;
      imagesPerSplit: number;
      flip: number;
    };
  };
  'conv2d-depthwise/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      flip: number;
    };
  };
  'conv2d-direct/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      rowsPerStage: number;
      channelsPerStage: number;
    };
  };
  'conv2d-input-gradient/inputGradient': {
    bindings: 'outputCotangent' | 'packed' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/forward': {
    bindings: 'input' | 'weight' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/inputGradient': {
    bindings: 'weight' | 'outputCotangent' | 'inputCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-naive/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/pack': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-pack-weights/packTransposed': {
    bindings: 'weight' | 'packed';
    uniforms: {
      outputChannels: number;
      inputChannels: number;
      kernelHeight: number;
      kernelWidth: number;
      groups: number;
    };
  };
  'conv2d-tiled/convolve': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      spreadHeight: number;
      spreadWidth: number;
      splits: number;
      channelsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradient': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientPointwise': {
    bindings: 'partials' | 'inputVectors' | 'cotangentVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/weightGradientRow': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/singleTap': {
    bindings: 'input' | 'outputCotangent' | 'partials';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d-weight-gradient/reducePartials': {
    bindings: 'partialSums' | 'weightCotangent';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
      splits: number;
      rowsPerSplit: number;
    };
  };
  'conv2d/forwardRow': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPixels': {
    bindings: 'input' | 'packed' | 'output';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'conv2d/forwardPointwise': {
    bindings: 'packed' | 'inputVectors' | 'outputVectors';
    uniforms: {
      batch: number;
      inputChannels: number;
      inputHeight: number;
      inputWidth: number;
      outputChannels: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideHeight: number;
      strideWidth: number;
      dilationHeight: number;
      dilationWidth: number;
      padTop: number;
      padLeft: number;
      groups: number;
    };
  };
  'convert/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      mask: number;
    };
  };
  'copy/copy': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'copy/fill': {
    bindings: 'output';
    uniforms: {
      count: number;
      length: number;
      inner: number;
      inputAxis: number;
      inputStart: number;
      inputStep: number;
      outputAxis: number;
      outputStart: number;
      outputStep: number;
    };
  };
  'cross-entropy/forward': {
    bindings: 'logits' | 'labels' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'cross-entropy/gradient': {
    bindings: 'logits' | 'labels' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      classes: number;
    };
  };
  'depth-to-space/toSpace': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'depth-to-space/toDepth': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      channels: number;
      height: number;
      width: number;
      side: number;
      columnFirst: number;
    };
  };
  'draw-maps/partials': {
    bindings: 'maps' | 'partialExtents';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/extent': {
    bindings: 'partialExtents' | 'range';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/tiles': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'draw-maps/overlay': {
    bindings: 'maps' | 'range' | 'table' | 'colours';
    uniforms: {
      start: number;
      channels: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      isSigned: number;
      isSmooth: number;
    };
  };
  'dropout/main': {
    bindings: 'input' | 'seed' | 'output';
    uniforms: {
      count: number;
      stream: number;
      threshold: number;
      scale: number;
    };
  };
  'flat-indices/fromSwitches': {
    bindings: 'switches' | 'flat';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/scatter': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'flat-indices/gather': {
    bindings: 'input' | 'output' | 'indices';
    uniforms: {
      planes: number;
      pooledArea: number;
      height: number;
      width: number;
      columnMajor: number;
    };
  };
  'gather-elements/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather-elements/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      rank: number;
      axis: number;
      axisSize: number;
      axisStride: number;
      axisLength: number;
      outputSize: readonly number[]; // 2 x vec4
      otherSize: readonly number[]; // 2 x vec4
      ownStride: readonly number[]; // 2 x vec4
    };
  };
  'gather/forward': {
    bindings: 'input' | 'indices' | 'output';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'gather/gradient': {
    bindings: 'cotangent' | 'indices' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      axis: number;
      indexCount: number;
    };
  };
  'grid-sample/forward': {
    bindings: 'input' | 'grid' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/gridGradient': {
    bindings: 'input' | 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'grid-sample/inputGradient': {
    bindings: 'grid' | 'cotangent' | 'output';
    uniforms: {
      batch: number;
      channels: number;
      height: number;
      width: number;
      points: number;
      mode: number;
      padding: number;
      alignCorners: number;
      bands: number;
    };
  };
  'lp-norm/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-norm/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      lines: number;
      axis: number;
      inner: number;
      p: number;
    };
  };
  'lp-pool/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lp-pool/gradient': {
    bindings: 'input' | 'output' | 'norms' | 'cotangent';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
      exponent: number;
    };
  };
  'lrn/forward': {
    bindings: 'input' | 'output' | 'scale';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'lrn/gradient': {
    bindings: 'input' | 'output' | 'givenScale' | 'cotangent';
    uniforms: {
      count: number;
      channels: number;
      spatial: number;
      before: number;
      after: number;
      factor: number;
      beta: number;
      bias: number;
    };
  };
  'matmul-naive/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
    };
  };
  'matmul-tiled/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul-tiled/dot': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyPacked': {
    bindings: 'c' | 'packedA' | 'packedB';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/packRows': {
    bindings: 'a' | 'packed';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/multiplyVector': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'matmul/reducePartials': {
    bindings: 'c' | 'partials';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      accumulate: number;
      aOffset: number;
      aRowStride: number;
      aColumnStride: number;
      bOffset: number;
      bRowStride: number;
      bColumnStride: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      splits: number;
      innerPerSplit: number;
    };
  };
  'max-pool/maxPool': {
    bindings: 'input' | 'output' | 'switches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/unpool': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'max-pool/poolSwitch': {
    bindings: 'input' | 'output' | 'givenSwitches';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      outputHeight: number;
      outputWidth: number;
      kernelHeight: number;
      kernelWidth: number;
      strideY: number;
      strideX: number;
      dilationY: number;
      dilationX: number;
      padTop: number;
      padLeft: number;
    };
  };
  'pad/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'pad/gradient': {
    bindings: 'cotangent' | 'sum';
    uniforms: {
      count: number;
      inner: number;
      size: number;
      padded: number;
      before: number;
      value: number;
    };
  };
  'reduce-max-gradient/main': {
    bindings: 'cotangent' | 'positions' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/forward': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce-product/gradient': {
    bindings: 'input' | 'output' | 'cotangent';
    uniforms: {
      kept: number;
      reduced: number;
      keptRank: number;
      reducedRank: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/sum': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/extremum': {
    bindings: 'input' | 'output' | 'positions';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'reduce/logSumExp': {
    bindings: 'input' | 'output';
    uniforms: {
      kept: number;
      reduced: number;
      splits: number;
      perSplit: number;
      keptRank: number;
      reducedRank: number;
      scale: number;
      bottom: number;
      keptSize: readonly number[]; // 2 x vec4
      keptStride: readonly number[]; // 2 x vec4
      reducedSize: readonly number[]; // 2 x vec4
      reducedStride: readonly number[]; // 2 x vec4
    };
  };
  'resample/main': {
    bindings: 'input' | 'spans' | 'weights' | 'output';
    uniforms: {
      count: number;
      inner: number;
      inputAxis: number;
      outputAxis: number;
      fill: number;
    };
  };
  'row-norm/invert': {
    bindings: 'mean' | 'output' | 'variance';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/plain': {
    bindings: 'input' | 'mean' | 'inverse' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/scaled': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'row-norm/affine': {
    bindings: 'input' | 'mean' | 'inverse' | 'scale' | 'shift' | 'output';
    uniforms: {
      rows: number;
      size: number;
      affineInner: number;
      affineCount: number;
      epsilon: number;
      center: number;
    };
  };
  'rows/topK': {
    bindings: 'input' | 'values' | 'indices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/cumSum': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/hardmax': {
    bindings: 'input' | 'values';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'rows/oneHot': {
    bindings: 'values' | 'givenIndices';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
      k: number;
      exclusive: number;
      reverse: number;
      onValue: number;
      offValue: number;
    };
  };
  'sgd/main': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'sgd/many': {
    bindings: 'gradient' | 'learningRate' | 'parameter' | 'velocity' | 'places';
    uniforms: {
      count: number;
      momentum: number;
      weightDecay: number;
      nesterov: number;
    };
  };
  'softmax/softmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmax': {
    bindings: 'input' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/softmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'softmax/logSoftmaxGradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      rows: number;
      axis: number;
      inner: number;
    };
  };
  'strided-copy/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      inputStride: readonly number[]; // 2 x vec4
    };
  };
  'trigonometry/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'trigonometry/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/main': {
    bindings: 'input' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'unary/gradient': {
    bindings: 'input' | 'cotangent' | 'output';
    uniforms: {
      count: number;
      alpha: number;
      beta: number;
    };
  };
  'where/main': {
    bindings: 'condition' | 'a' | 'b' | 'output';
    uniforms: {
      count: number;
      rank: number;
      outputSize: readonly number[]; // 2 x vec4
      conditionStride: readonly number[]; // 2 x vec4
      aStride: readonly number[]; // 2 x vec4
      bStride: readonly number[]; // 2 x vec4
    };
  };
}
