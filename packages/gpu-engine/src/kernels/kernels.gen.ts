// Generated from shaders/ by `npm run generate`; do not edit.
/** Each file without what only readers need; by entry point which of its bindings it uses, in their order, and the hook. */
export const kernelSources = {
  activation: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn uc(e:f32)->f32{let H=exp(-abs(e));return select(H,1.,e>=0.)/(1.+H);}fn md(e:f32)->f32{let H=exp(-abs(e));return H/((1.+H)*(1.+H));}fn hg(e:f32)->f32{let J=abs(e);if(J<0.625){let da=e*e;let n=((-5.70498872745e-3*da+2.06390887954e-2)*da-5.37397155531e-2)*da+1.33314422036e-1;return e+e*da*(n*da-3.33332819422e-1);}let H=exp(-2.*J);return sign(e)*(1.-H)/(1.+H);}fn Eg(e:f32)->f32{return max(e,0.)+log(1.+exp(-abs(e)));}fn ef(e:f32)->f32{let J=abs(e)*0.70710678;if(J<1.){let da=J*J;var n=7.853861353153693e-5;n=n*da-8.010193625184903e-4;n=n*da+5.188327685732524e-3;n=n*da-2.685381193529856e-2;n=n*da+1.128358514861418e-1;n=n*da-3.761262582423300e-1;return 0.5+0.5*sign(e)*J*(n*da+1.128379165726710);}let d=1./(1.+0.3275911*J);let n=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;let xf=0.5*n*d*exp(-J*J);return select(xf,1.-xf,e>0.);}fn Me(e:f32)->f32{return 0.79788456*(e+0.044715*e*e*e);}fn F(e:f32)->f32{let B=sizes.alpha;let xa=sizes.beta;if(OPERATION==0u){return select(B*e,e,e>0.);}if(OPERATION==1u){return select(B*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==2u){return xa*select(B*(exp(min(e,0.))-1.),e,e>0.);}if(OPERATION==3u){return max(e,0.)+min(B*(exp(min(e/B,60.))-1.),0.);}if(OPERATION==4u){return uc(e);}if(OPERATION==5u){return clamp(B*e+xa,0.,1.);}if(OPERATION==6u){return hg(e);}if(OPERATION==7u){return Eg(e);}if(OPERATION==8u){return e/(1.+abs(e));}if(OPERATION==9u){return e*ef(e);}if(OPERATION==10u){return e*uc(2.*Me(e));}if(OPERATION==11u){return e*uc(B*e);}if(OPERATION==12u){return e*clamp(e/6.+0.5,0.,1.);}if(OPERATION==13u){let H=exp(min(e,20.));let S=H*(H+2.);return e*(S/(S+2.));}if(OPERATION==14u){return select(0.,e,e>B);}return min(max(e,B),xa);}fn Ea(e:f32)->f32{let B=sizes.alpha;let xa=sizes.beta;if(OPERATION==0u){return select(B,1.,e>0.);}if(OPERATION==1u){return select(B*exp(min(e,0.)),1.,e>0.);}if(OPERATION==2u){return xa*select(B*exp(min(e,0.)),1.,e>0.);}if(OPERATION==3u){return select(exp(min(e/B,60.)),1.,e>0.);}if(OPERATION==4u){return md(e);}if(OPERATION==5u){return select(0.,B,B*e+xa>0.&&B*e+xa<1.);}if(OPERATION==6u){return 4.*md(2.*e);}if(OPERATION==7u){return uc(e);}if(OPERATION==8u){return 1./((1.+abs(e))*(1.+abs(e)));}if(OPERATION==9u){return ef(e)+e*0.39894228*exp(-0.5*e*e);}if(OPERATION==10u){let Ha=2.*Me(e);return uc(Ha)+e*md(Ha)*1.59576912*(1.+0.134145*e*e);}if(OPERATION==11u){return uc(B*e)+B*e*md(B*e);}if(OPERATION==12u){return select(select(e/3.+0.5,1.,e>=3.),0.,e<=-3.);}if(OPERATION==13u){let H=exp(min(e,20.));let S=H*(H+2.);return S/(S+2.)+e*4.*(H*(H+1.)/(S+2.))/(S+2.);}if(OPERATION==14u){return select(0.,1.,e>B);}return select(0.,1.,e>B&&e<xa);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=vec4f(F(e.x),F(e.y),F(e.z),F(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=cotangent[f]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  adam: {
    source: `struct Sizes{count:u32,beta1:f32,beta2:f32,epsilon:f32,weightDecay:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>stepSize:array<f32>;@group(0)@binding(3)var<storage,read>secondCorrection:array<f32>;@group(0)@binding(4)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(5)var<storage,read_write>firstMoment:array<vec4f>;@group(0)@binding(6)var<storage,read_write>secondMoment:array<vec4f>;@group(0)@binding(7)var<storage,read>places:array<u32>;const Dd=5u;const Ed=4u;fn Yc(Ud:u32,Lc:u32,Je:u32,sf:u32){let n=parameter[Lc];let v=gradient[Ud]+sizes.weightDecay*n;let bf=sizes.beta1*firstMoment[Je]+(1.-sizes.beta1)*v;let s=sizes.beta2*secondMoment[sf]+(1.-sizes.beta2)*v*v;firstMoment[Je]=bf;secondMoment[sf]=s;parameter[Lc]=n-stepSize[0]*bf/(sqrt(s)/secondCorrection[0]+sizes.epsilon);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}Yc(f,f,f,f);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let i=Dd*(g.x/64u+g.y*m.x);if(i>=arrayLength(&places)){return;}let Da=places[i+4u];for(var round=0u;round<Ed;round++){let f=round*64u+g.x%64u;if(f<Da){Yc(places[i]+f,places[i+1u]+f,places[i+2u]+f,places[i+3u]+f);}}}`,
    uses: { main: [[0, 1, 2, 3, 4, 5, 6]], many: [[0, 1, 2, 3, 4, 5, 6, 7]] },
  },
  'average-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,padBottom:u32,padRight:u32,countPadding:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn Hd(o:i32,Hc:u32,eb:u32,Pa:i32,fb:i32)->vec2u{let oa=u32(max(fb-o,0))+eb-1u;return vec2u((u32(max(Pa-o,0))+eb-1u)/eb,min(Hc,oa/eb));}fn Ee(o:i32,Hc:u32,eb:u32,N:u32,wg:u32,vg:u32)->f32{var Pa=0;var fb=i32(N);if(sizes.countPadding==1u){Pa=-i32(wg);fb=i32(N+vg);}let Gd=Hd(o,Hc,eb,Pa,fb);return f32(max(Gd.y,Gd.x)-Gd.x);}fn Sb(Oa:u32,ya:u32)->f32{let wa=i32(Oa*sizes.strideY)-i32(sizes.padTop);let ea=i32(ya*sizes.strideX)-i32(sizes.padLeft);return max(Ee(wa,sizes.kernelHeight,sizes.dilationY,sizes.height,sizes.padTop,sizes.padBottom)*Ee(ea,sizes.kernelWidth,sizes.dilationX,sizes.width,sizes.padLeft,sizes.padRight),1.);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let sa=sizes.outputHeight*sizes.outputWidth;if(f>=sizes.planes*sa){return;}let G=(f/sa)*sizes.height*sizes.width;let Oa=(f/sizes.outputWidth)%sizes.outputHeight;let ya=f%sizes.outputWidth;let wa=i32(Oa*sizes.strideY)-i32(sizes.padTop);let ea=i32(ya*sizes.strideX)-i32(sizes.padLeft);let ka=Hd(wa,sizes.kernelHeight,sizes.dilationY,0,i32(sizes.height));let Ua=Hd(ea,sizes.kernelWidth,sizes.dilationX,0,i32(sizes.width));var A=0.;for(var va=ka.x;va<ka.y;va++){let D=G+u32(wa+i32(va*sizes.dilationY))*sizes.width;for(var ua=Ua.x;ua<Ua.y;ua++){A+=input[D+u32(ea+i32(ua*sizes.dilationX))];}}output[f]=A/Sb(Oa,ya);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let sa=sizes.height*sizes.width;if(f>=sizes.planes*sa){return;}let G=(f/sa)*sizes.outputHeight*sizes.outputWidth;let r=(f/sizes.width)%sizes.height+sizes.padTop;let e=f%sizes.width+sizes.padLeft;let gd=(sizes.kernelHeight-1u)*sizes.dilationY;let fd=(sizes.kernelWidth-1u)*sizes.dilationX;let eg=(max(r,gd)-gd+sizes.strideY-1u)/sizes.strideY;let dg=(max(e,fd)-fd+sizes.strideX-1u)/sizes.strideX;let bg=min(r/sizes.strideY+1u,sizes.outputHeight);let ag=min(e/sizes.strideX+1u,sizes.outputWidth);var A=0.;for(var Oa=eg;Oa<bg;Oa++){if((r-Oa*sizes.strideY)%sizes.dilationY!=0u){continue;}for(var ya=dg;ya<ag;ya++){if((e-ya*sizes.strideX)%sizes.dilationX!=0u){continue;}A+=input[G+Oa*sizes.outputWidth+ya]/Sb(Oa,ya);}}output[f]=A;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2]] },
  },
  'batch-norm': {
    source: `struct Sizes{batch:u32,channels:u32,spatial:u32,splits:u32,runLength:u32,epsilon:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>variance:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read>cotangent:array<f32>;@group(0)@binding(7)var<storage,read_write>output:array<f32>;@group(0)@binding(8)var<storage,read>partials:array<f32>;@group(0)@binding(9)var<storage,read_write>scaleGradient:array<f32>;@group(0)@binding(10)var<storage,read_write>shiftGradient:array<f32>;@group(0)@binding(11)var<storage,read_write>table:array<vec4f>;fn ce(d:u32)->vec2u{let Da=sizes.batch*sizes.spatial;let kf=(Da+sizes.splits-1u)/sizes.splits;let o=(d%sizes.splits)*kf;return vec2u(min(o,Da),min(o+kf,Da));}struct nc{at:u32,planeEnd:u32}fn je(Ge:u32,M:u32)->nc{let G=((Ge/sizes.spatial)*sizes.channels+M)*sizes.spatial;return nc(G+Ge%sizes.spatial,G+sizes.spatial);}fn kb(Ka:nc)->nc{if(Ka.at+1u<Ka.planeEnd){return nc(Ka.at+1u,Ka.planeEnd);}let uf=sizes.channels*sizes.spatial;return nc(Ka.planeEnd+uf-sizes.spatial,Ka.planeEnd+uf);}fn Cc(M:u32)->f32{return sqrt(variance[M]+sizes.epsilon);}fn ae(d:u32)->vec3u{let Zb=(sizes.spatial+sizes.runLength-1u)/sizes.runLength;let G=d/Zb;if(G>=sizes.batch*sizes.channels){return vec3u();}let o=(d-G*Zb)*sizes.runLength;let i=G*sizes.spatial;return vec3u(i+o,i+min(o+sizes.runLength,sizes.spatial),G%sizes.channels);}@compute@workgroup_size(64,1,1)fn partialSums(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.channels*sizes.splits){return;}let M=d/sizes.splits;let Aa=ce(d);var A=0.;var Ka=je(Aa.x,M);for(var H=Aa.x;H<Aa.y;H++){A+=input[Ka.at];Ka=kb(Ka);}output[d]=A;}@compute@workgroup_size(64,1,1)fn partialSquares(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.channels*sizes.splits){return;}let M=d/sizes.splits;let Aa=ce(d);let ec=mean[M];var A=0.;var Ka=je(Aa.x,M);for(var H=Aa.x;H<Aa.y;H++){let v=input[Ka.at]-ec;A+=v*v;Ka=kb(Ka);}output[d]=A;}@compute@workgroup_size(64,1,1)fn combine(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let M=g.x+g.y*m.x*64u;if(M>=sizes.channels){return;}var A=0.;for(var f=0u;f<sizes.splits;f++){A+=partials[M*sizes.splits+f];}output[M]=A/f32(sizes.batch*sizes.spatial);}@compute@workgroup_size(64,1,1)fn normalize(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let Aa=ae(g.x+g.y*m.x*64u);let M=Aa.z;let ec=mean[M];let Dc=scale[M]/Cc(M);let Kf=shift[M];for(var f=Aa.x;f<Aa.y;f++){output[f]=(input[f]-ec)*Dc+Kf;}}@compute@workgroup_size(64,1,1)fn tabulate(@builtin(global_invocation_id)g:vec3u){let M=g.x;if(M>=sizes.channels){return;}table[M]=vec4f(mean[M],scale[M]/Cc(M),shift[M],0.);}@compute@workgroup_size(64,1,1)fn partialGradients(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.channels*sizes.splits){return;}let M=d/sizes.splits;let Aa=ce(d);var A=0.;var cc=0.;let ec=mean[M];let pd=1./Cc(M);var Ka=je(Aa.x,M);for(var H=Aa.x;H<Aa.y;H++){let ha=cotangent[Ka.at];A+=ha;cc+=ha*((input[Ka.at]-ec)*pd);Ka=kb(Ka);}output[2u*d]=A;output[2u*d+1u]=cc;}@compute@workgroup_size(64,1,1)fn combineGradients(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let M=g.x+g.y*m.x*64u;if(M>=sizes.channels){return;}var A=0.;var cc=0.;for(var f=0u;f<sizes.splits;f++){A+=partials[2u*(M*sizes.splits+f)];cc+=partials[2u*(M*sizes.splits+f)+1u];}shiftGradient[M]=A;scaleGradient[M]=cc;}@group(0)@binding(9)var<storage,read>scaleSums:array<f32>;@group(0)@binding(10)var<storage,read>shiftSums:array<f32>;@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let Aa=ae(g.x+g.y*m.x*64u);let M=Aa.z;let Da=f32(sizes.batch*sizes.spatial);let ec=mean[M];let pd=1./Cc(M);let Uf=shiftSums[M]/Da;let Ea=scaleSums[M]/Da*pd;let Dc=scale[M]*pd;for(var f=Aa.x;f<Aa.y;f++){output[f]=(cotangent[f]-Uf-(input[f]-ec)*Ea)*Dc;}}@compute@workgroup_size(64,1,1)fn inferenceGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let Aa=ae(g.x+g.y*m.x*64u);let Dc=scale[Aa.z]/Cc(Aa.z);for(var f=Aa.x;f<Aa.y;f++){output[f]=cotangent[f]*Dc;}}`,
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
    source: `struct Sizes{segments:u32,segmentLength:u32,runLength:u32,channels:u32,biasStep:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>bias:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let Zb=(sizes.segmentLength+sizes.runLength-1u)/sizes.runLength;let qd=f/Zb;if(qd>=sizes.segments){return;}let o=(f-qd*Zb)*sizes.runLength;let ja=min(o+sizes.runLength,sizes.segmentLength);let i=qd*sizes.segmentLength;var M=select(qd%sizes.channels,o,sizes.biasStep==1u);for(var l=o;l<ja;l++){output[i+l]=input[i+l]+bias[M];M+=sizes.biasStep;}}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'binary-integer': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<i32>;@group(0)@binding(2)var<storage,read>b:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Lb(e:i32,r:i32)->i32{if(r<0){if(e==-1){return select(1,-1,(r&1)==1);}return select(0,1,e==1);}var qf=1;var ga=e;for(var U=r;U>0;U=U>>1u){if((U&1)==1){qf*=ga;}ga*=ga;}return qf;}fn qc(e:i32,r:i32)->i32{if(OPERATION==0u){return i32(e==r);}if(OPERATION==1u){return i32(e<r);}if(OPERATION==2u){return i32(e<=r);}if(OPERATION==3u){return i32(e>r);}if(OPERATION==4u){return i32(e>=r);}if(OPERATION==5u){return i32(e!=0&&r!=0);}if(OPERATION==6u){return i32(e!=0||r!=0);}if(OPERATION==7u){return i32((e!=0)!=(r!=0));}if(OPERATION==8u){return e+r;}if(OPERATION==9u){return e-r;}if(OPERATION==10u){return e*r;}if(OPERATION==11u){return e/r;}if(OPERATION==12u){return Lb(e,r);}if(OPERATION==13u){let h=e%r;return select(h,h+r,h!=0&&(h<0)!=(r<0));}if(OPERATION==14u){return e%r;}if(OPERATION==15u){return min(e,r);}return max(e,r);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var ob=0u;var pb=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let N=sizes.outputSize[E][h];let ra=U%N;U=U/N;ob+=ra*sizes.aStride[E][h];pb+=ra*sizes.bStride[E][h];}output[f]=qc(a[ob],b[pb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  binary: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(1)var<storage,read>a4:array<vec4f>;@group(0)@binding(2)var<storage,read>b4:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output4:array<vec4f>;fn Lb(e:f32,r:f32)->f32{if(r==0.){return 1.;}if(r==1.){return e;}if(r==2.){return e*e;}if(e==0.){return select(1./abs(e),0.,r>0.);}if(e>0.){return pow(e,r);}if(r!=floor(r)){return sqrt(e);}let N=pow(-e,r);return select(N,-N,r!=2.*floor(0.5*r));}fn Hb(e:f32,r:f32)->f32{var h=e-r*floor(e/r);if(h!=0.&&(h<0.)!=(r<0.)){h+=r;}if(abs(h)>=abs(r)){h-=r;}return h;}fn Ag(e:f32,r:f32)->f32{return select(Hb(abs(e),abs(r)),-Hb(abs(e),abs(r)),e<0.);}fn yg(e:f32,r:f32)->f32{if(r==0.){return 0.;}return r*Lb(e,r-1.);}fn zg(e:f32,r:f32)->f32{if(e==0.&&r>=0.){return 0.;}return Lb(e,r)*log(e);}fn ed(e:f32,r:f32)->f32{if(OPERATION==5u){return Lb(e,r);}if(OPERATION==6u){return Hb(e,r);}if(OPERATION==7u){return Ag(e,r);}if(OPERATION==11u){return yg(e,r);}return zg(e,r);}fn qc(e:vec4f,r:vec4f)->vec4f{if(OPERATION==0u){return e+r;}if(OPERATION==1u){return e-r;}if(OPERATION==2u){return e*r;}if(OPERATION==3u){return e/r;}if(OPERATION==4u){return select(vec4f(0.),e,r>vec4f(0.));}if(OPERATION==8u){return min(e,r);}if(OPERATION==9u){return max(e,r);}if(OPERATION==10u){return select(e*r,e,e>vec4f(0.));}return vec4f(ed(e.x,r.x),ed(e.y,r.y),ed(e.z,r.z),ed(e.w,r.w));}@compute@workgroup_size(64,1,1)fn same(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}output4[f]=qc(a4[f],b4[f]);}@compute@workgroup_size(64,1,1)fn broadcast(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var ob=0u;var pb=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let N=sizes.outputSize[E][h];let ra=U%N;U=U/N;ob+=ra*sizes.aStride[E][h];pb+=ra*sizes.bStride[E][h];}output[f]=qc(vec4f(a[ob]),vec4f(b[pb])).x;}`,
    uses: { same: [[0, 4, 5, 6]], broadcast: [[0, 1, 2, 3]] },
  },
  compare: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<u32>;@group(0)@binding(2)var<storage,read>b:array<u32>;@group(0)@binding(3)var<storage,read_write>output:array<i32>;fn Xe(Ta:u32)->bool{return(Ta&0x7fffffffu)>0x7f800000u;}fn qc(oe:u32,ue:u32)->i32{if(Xe(oe)||Xe(ue)){return 0;}let e=bitcast<f32>(oe);let r=bitcast<f32>(ue);if(OPERATION==0u){return i32(e==r);}if(OPERATION==1u){return i32(e<r);}if(OPERATION==2u){return i32(e<=r);}if(OPERATION==3u){return i32(e>r);}return i32(e>=r);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var ob=0u;var pb=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let N=sizes.outputSize[E][h];let ra=U%N;U=U/N;ob+=ra*sizes.aStride[E][h];pb+=ra*sizes.bStride[E][h];}output[f]=qc(a[ob],b[pb]);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'conv2d-depthwise-columns': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,flip:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}fn ic(G:u32,T:i32,W:u32)->f32{return select(0.,input[(G+u32(T))*sizes.inputWidth+W],u32(T)<sizes.inputHeight);}@compute@workgroup_size(64,1,1)fn convolve(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let ub=(sizes.outputHeight+sizes.spreadHeight-1u)/sizes.spreadHeight;let bc=(ub+3u)/4u;let Z=j/sizes.outputWidth;let W=j-Z*sizes.outputWidth;let jc=Z/bc;let Ub=(Z-jc*bc)*4u;let Bb=jc/sizes.spreadHeight;let lb=jc-Bb*sizes.spreadHeight;if(Bb>=sizes.batch*sizes.outputChannels){return;}let S=Bb/sizes.outputChannels;let P=Bb-S*sizes.outputChannels;let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let Ba=P/la;let K=sizes.kernelHeight*sizes.kernelWidth;let rd=sizes.strideHeight*sizes.dilationHeight*sizes.spreadHeight==1u;let Ia=i32(Ub*sizes.strideHeight);var t=vec4f();for(var Q=0u;Q<Y;Q++){let G=(S*sizes.inputChannels+Ba*Y+Q)*sizes.inputHeight;let cb=select(P*Y+Q,(Ba*Y+Q)*la+P-Ba*la,sizes.flip!=0u)*K;for(var q=0u;q<sizes.kernelWidth;q++){let pa=i32(W*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft;let V=u32(pa/i32(sizes.spreadWidth));if(pa<0||pa%i32(sizes.spreadWidth)!=0||V>=sizes.inputWidth){continue;}var vb=vec4f();if(rd){let T=Ia-sizes.padTop;vb=vec4f(0.,ic(G,T,V),ic(G,T+1,V),ic(G,T+2,V));}for(var f=0u;f<sizes.kernelHeight;f++){let Fa=i32(lb+f*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}let T=Ia+Fa/i32(sizes.spreadHeight);let step=i32(sizes.strideHeight);let oa=ic(G,T+3*step,V);if(rd){vb=vec4f(vb.yzw,oa);}else{vb=vec4f(ic(G,T,V),ic(G,T+step,V),ic(G,T+2*step,V),oa);}let ia=f*sizes.kernelWidth+q;t=fma(vb,vec4f(weight[cb+select(ia,K-1u-ia,sizes.flip!=0u)]),t);}}}for(var d=0u;d<4u;d++){let T=(Ub+d)*sizes.spreadHeight+lb;if(T<sizes.outputHeight){let i=(Bb*sizes.outputHeight+T)*sizes.outputWidth+W;output[i]=finished(t[d],P,i);}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-depthwise-strips': {
    source: `struct Sizes{batch:u32,channels:u32,inputHeight:u32,inputWidth:u32,outputHeight:u32,outputWidth:u32,padTop:i32,firstStep:i32,steps:u32,stepsPerStrip:u32,imagesPerSplit:u32,flip:u32}const KERNEL=3u;const STRIDE=1u;const PAD_LEFT=1u;const VECTORS=0u;const xb=KERNEL*KERNEL;const ba=(KERNEL+STRIDE-1u)/STRIDE;const cd=3u*STRIDE+KERNEL;const Ya=4u*STRIDE;const bd=(KERNEL-1u-PAD_LEFT)/STRIDE;const Sa=bd+(Ya-1u+PAD_LEFT)/STRIDE+1u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>inputVectors:array<vec4f>;@group(0)@binding(3)var<storage,read>weight:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@group(0)@binding(5)var<storage,read_write>outputVectors:array<vec4f>;@group(0)@binding(6)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(7)var<storage,read>cotangentVectors:array<vec4f>;@group(0)@binding(8)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(9)var<storage,read_write>inputCotangentVectors:array<vec4f>;@group(0)@binding(10)var<storage,read_write>partials:array<f32>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}fn finishedVectors(F:vec4f,M:u32,i:u32)->vec4f{return F;}struct me{planeIndex:u32,tile:u32,begin:u32,end:u32}fn Tc(j:u32,bc:u32)->me{let wf=(sizes.steps+sizes.stepsPerStrip-1u)/sizes.stepsPerStrip;let W=j/bc;let G=W/wf;let C=(W-G*wf)*sizes.stepsPerStrip;return me(G,j-W*bc,C,min(C+sizes.stepsPerStrip,sizes.steps));}fn vd(G:u32)->array<f32,xb>{let C=G%sizes.channels*xb;var K:array<f32,xb>;for(var d=0u;d<xb;d++){K[d]=weight[C+select(d,xb-1u-d,sizes.flip!=0u)];}return K;}fn kd(G:u32,T:u32,E:u32)->array<f32,cd>{let o=(G*sizes.inputHeight+T)*sizes.inputWidth;let Ca=select(0u,sizes.inputWidth,T<sizes.inputHeight);let C=E*STRIDE-PAD_LEFT;var aa:array<f32,cd>;for(var d=0u;d<cd;d++){let I=(d+4u-PAD_LEFT%4u)%4u;if(VECTORS==1u&&d>=I&&d-I+4u<=cd){if(I==0u){let ta=inputVectors[(o+C+d)/4u];let gb=C+d<Ca;aa[d]=select(0.,ta.x,gb);aa[d+1u]=select(0.,ta.y,gb);aa[d+2u]=select(0.,ta.z,gb);aa[d+3u]=select(0.,ta.w,gb);}}else{aa[d]=select(0.,input[o+C+d],C+d<Ca);}}return aa;}fn Ce(G:u32,n:u32,E:u32)->array<f32,Sa>{let o=(G*sizes.outputHeight+n)*sizes.outputWidth;let Ca=select(0u,sizes.outputWidth,n<sizes.outputHeight);let C=E-bd;var aa:array<f32,Sa>;for(var d=0u;d<Sa;d++){let I=(d+4u-bd%4u)%4u;if(VECTORS==1u&&d>=I&&d-I+4u<=Sa){if(I==0u){let ta=cotangentVectors[(o+C+d)/4u];let gb=C+d<Ca;aa[d]=select(0.,ta.x,gb);aa[d+1u]=select(0.,ta.y,gb);aa[d+2u]=select(0.,ta.z,gb);aa[d+3u]=select(0.,ta.w,gb);}}else{aa[d]=select(0.,outputCotangent[o+C+d],C+d<Ca);}}return aa;}fn Le(t:array<vec4f,ba>,G:u32,n:u32,E:u32,K:array<f32,xb>)->array<vec4f,ba>{var kb=array<vec4f,ba>();for(var v=1u;v<ba;v++){kb[v]=t[v-1u];}for(var h=0u;h<STRIDE;h++){let aa=kd(G,u32(i32(n*STRIDE+h)-sizes.padTop),E);for(var v=0u;v<ba;v++){let f=h+v*STRIDE;if(f<KERNEL){for(var q=0u;q<KERNEL;q++){let ta=vec4f(aa[q],aa[STRIDE+q],aa[2u*STRIDE+q],aa[3u*STRIDE+q]);kb[v]=fma(ta,vec4f(K[f*KERNEL+q]),kb[v]);}}}}return kb;}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let ca=Tc(g.x+g.y*(L.x*64u),(sizes.outputWidth+3u)/4u);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let E=ca.tile*4u;let K=vd(ca.planeIndex);var t:array<vec4f,ba>;for(var n=ca.begin;n<ca.end+ba-1u;n++){let kb=Le(t,ca.planeIndex,n,E,K);for(var v=0u;v<ba;v++){t[v]=kb[v];}if(n>=ca.begin+ba-1u){let i=(ca.planeIndex*sizes.outputHeight+n-(ba-1u))*sizes.outputWidth+E;for(var d=0u;d<4u;d++){if(E+d<sizes.outputWidth){output[i+d]=finished(t[ba-1u][d],ca.planeIndex%sizes.channels,i+d);}}}}}@compute@workgroup_size(64,1,1)fn forwardVectors(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let ca=Tc(g.x+g.y*(L.x*64u),sizes.outputWidth/4u);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let E=ca.tile*4u;let K=vd(ca.planeIndex);var t:array<vec4f,ba>;for(var n=ca.begin;n<ca.end+ba-1u;n++){let kb=Le(t,ca.planeIndex,n,E,K);for(var v=0u;v<ba;v++){t[v]=kb[v];}if(n>=ca.begin+ba-1u){let i=(ca.planeIndex*sizes.outputHeight+n-(ba-1u))*sizes.outputWidth+E;outputVectors[i/4u]=finishedVectors(t[ba-1u],ca.planeIndex%sizes.channels,i/4u);}}}fn Te(ka:array<f32,ba*Sa>,K:array<f32,xb>)->array<f32,STRIDE*Ya>{var t=array<f32,STRIDE*Ya>();for(var f=0u;f<KERNEL;f++){for(var q=0u;q<KERNEL;q++){for(var d=0u;d<Ya;d++){let pa=d+PAD_LEFT+KERNEL*STRIDE-q;if(pa%STRIDE==0u){let F=ka[f/STRIDE*Sa+pa/STRIDE+bd-KERNEL];let i=f%STRIDE*Ya+d;t[i]=fma(F,K[f*KERNEL+q],t[i]);}}}}return t;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let ca=Tc(g.x+g.y*(L.x*64u),(sizes.inputWidth+Ya-1u)/Ya);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let V=ca.tile*Ya;let K=vd(ca.planeIndex);let C=sizes.firstStep+i32(ca.begin);var ka:array<f32,ba*Sa>;for(var n=C-i32(ba-1u);n<sizes.firstStep+i32(ca.end);n++){for(var d=ba*Sa-1u;d>=Sa;d--){ka[d]=ka[d-Sa];}let D=Ce(ca.planeIndex,u32(n),ca.tile*4u);for(var d=0u;d<Sa;d++){ka[d]=D[d];}if(n>=C){let t=Te(ka,K);for(var h=0u;h<STRIDE;h++){let T=u32(n*i32(STRIDE)+i32(h)-sizes.padTop);let i=(ca.planeIndex*sizes.inputHeight+T)*sizes.inputWidth+V;for(var d=0u;d<Ya;d++){if(T<sizes.inputHeight&&V+d<sizes.inputWidth){inputCotangent[i+d]=t[h*Ya+d];}}}}}}@compute@workgroup_size(64,1,1)fn inputGradientVectors(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let ca=Tc(g.x+g.y*(L.x*64u),(sizes.inputWidth+Ya-1u)/Ya);if(ca.planeIndex>=sizes.batch*sizes.channels){return;}let V=ca.tile*Ya;let K=vd(ca.planeIndex);let C=sizes.firstStep+i32(ca.begin);var ka:array<f32,ba*Sa>;for(var n=C-i32(ba-1u);n<sizes.firstStep+i32(ca.end);n++){for(var d=ba*Sa-1u;d>=Sa;d--){ka[d]=ka[d-Sa];}let D=Ce(ca.planeIndex,u32(n),ca.tile*4u);for(var d=0u;d<Sa;d++){ka[d]=D[d];}if(n>=C){let t=Te(ka,K);for(var h=0u;h<STRIDE;h++){let T=u32(n*i32(STRIDE)+i32(h)-sizes.padTop);let i=(ca.planeIndex*sizes.inputHeight+T)*sizes.inputWidth+V;for(var d=0u;d<Ya;d+=4u){if(T<sizes.inputHeight&&V+d<sizes.inputWidth){let u=h*Ya+d;inputCotangentVectors[(i+d)/4u]=vec4f(t[u],t[u+1u],t[u+2u],t[u+3u]);}}}}}}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let fa=j/sizes.channels;let M=j-fa*sizes.channels;let ca=Tc(fa,(sizes.outputWidth+3u)/4u);let Nd=ca.planeIndex*sizes.imagesPerSplit;if(Nd>=sizes.batch){return;}let E=ca.tile*4u;var t:array<vec4f,xb>;for(var S=Nd;S<min(Nd+sizes.imagesPerSplit,sizes.batch);S++){let G=S*sizes.channels+M;var ka=array<vec4f,ba>();for(var n=ca.begin;n<ca.end+ba-1u;n++){for(var v=ba-1u;v>0u;v--){ka[v]=ka[v-1u];}let i=(G*sizes.outputHeight+n)*sizes.outputWidth+E;let Ca=select(0u,sizes.outputWidth,n<ca.end);if(VECTORS==1u){ka[0]=select(vec4f(),cotangentVectors[i/4u],E<Ca);}else{ka[0]=vec4f(select(0.,outputCotangent[i],E<Ca),select(0.,outputCotangent[i+1u],E+1u<Ca),select(0.,outputCotangent[i+2u],E+2u<Ca),select(0.,outputCotangent[i+3u],E+3u<Ca));}for(var h=0u;h<STRIDE;h++){let aa=kd(G,u32(i32(n*STRIDE+h)-sizes.padTop),E);for(var v=0u;v<ba;v++){let f=h+v*STRIDE;if(f<KERNEL){for(var q=0u;q<KERNEL;q++){let ta=vec4f(aa[q],aa[STRIDE+q],aa[2u*STRIDE+q],aa[3u*STRIDE+q]);t[f*KERNEL+q]=fma(ta,ka[v],t[f*KERNEL+q]);}}}}}}for(var d=0u;d<xb;d++){partials[j*xb+d]=t[d].x+t[d].y+t[d].z+t[d].w;}}`,
    uses: {
      forward: [[0, 1, 2, 3, 4], 'finished'],
      forwardVectors: [[0, 1, 2, 3, 5], 'finishedVectors'],
      inputGradient: [[0, 3, 6, 7, 8]],
      inputGradientVectors: [[0, 3, 6, 7, 9]],
      weightGradient: [[0, 1, 2, 6, 7, 10]],
    },
  },
  'conv2d-depthwise': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,flip:u32}const PIXELS=8u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}fn Nb(P:u32,ia:u32,K:u32)->f32{return weight[P*K+select(ia,K-1u-ia,sizes.flip!=0u)];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let zc=(sizes.outputWidth+PIXELS-1u)/PIXELS;if(j>=sizes.batch*sizes.outputChannels*sizes.outputHeight*zc){return;}let be=j/zc;let E=(j-be*zc)*PIXELS;let Bb=be/sizes.outputHeight;let n=be-Bb*sizes.outputHeight;let S=Bb/sizes.outputChannels;let P=Bb-S*sizes.outputChannels;var Vb=Bb;if(sizes.outputChannels!=sizes.groups){Vb=S*sizes.groups+P/(sizes.outputChannels/sizes.groups);}let G=Vb*sizes.inputHeight;let K=sizes.kernelHeight*sizes.kernelWidth;let rd=sizes.strideWidth==1u&&sizes.dilationWidth==1u;var t:array<f32,PIXELS>;var vb:array<f32,PIXELS>;for(var f=0u;f<sizes.kernelHeight;f++){let T=u32(i32(n*sizes.strideHeight+f*sizes.dilationHeight)-sizes.padTop);let Ca=select(0u,sizes.inputWidth,T<sizes.inputHeight);let D=(G+T)*sizes.inputWidth;if(rd){let C=i32(E)-sizes.padLeft;for(var d=1u;d<PIXELS;d++){let V=u32(C+i32(d)-1);vb[d]=select(0.,input[D+V],V<Ca);}for(var q=0u;q<sizes.kernelWidth;q++){for(var d=1u;d<PIXELS;d++){vb[d-1u]=vb[d];}let V=u32(C+i32(PIXELS-1u+q));vb[PIXELS-1u]=select(0.,input[D+V],V<Ca);let F=Nb(P,f*sizes.kernelWidth+q,K);for(var d=0u;d<PIXELS;d++){t[d]+=vb[d]*F;}}continue;}for(var q=0u;q<sizes.kernelWidth;q++){let F=Nb(P,f*sizes.kernelWidth+q,K);let C=i32(E*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft;for(var d=0u;d<PIXELS;d++){let V=u32(C+i32(d*sizes.strideWidth));t[d]+=select(0.,input[D+V],V<Ca)*F;}}}let i=((S*sizes.outputChannels+P)*sizes.outputHeight+n)*sizes.outputWidth+E;for(var d=0u;d<PIXELS;d++){if(E+d<sizes.outputWidth){output[i+d]=finished(t[d],P,i+d);}}}`,
    uses: { forward: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-direct': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,rowsPerStage:u32,channelsPerStage:u32}const VECTORS=1u;const Ra=VECTORS*4u;const ab=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>ee:array<vec4f,512>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)I:u32,@builtin(num_workgroups)L:vec3u){let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let jf=(la+Ra-1u)/Ra;var j=workgroup.x+workgroup.y*L.x;let Za=j%jf*Ra;j/=jf;let Ba=j%sizes.groups;j/=sizes.groups;let Jb=j%sizes.spreadWidth;j/=sizes.spreadWidth;let lb=j%sizes.spreadHeight;let Tb=j/sizes.spreadHeight*256u;if(lb>=sizes.outputHeight||Jb>=sizes.outputWidth){return;}let ub=(sizes.outputHeight-lb+sizes.spreadHeight-1u)/sizes.spreadHeight;let Kb=(sizes.outputWidth-Jb+sizes.spreadWidth-1u)/sizes.spreadWidth;let Ab=sizes.batch*ub*Kb;if(Tb>=Ab){return;}let Vb=sizes.inputHeight*sizes.inputWidth;let hf=sizes.outputHeight*sizes.outputWidth;var ka:array<i32,4>;var Ua:array<i32,4>;var Sc:array<u32,4>;var Rb:array<u32,4>;for(var d=0u;d<4u;d++){let Xa=min(Tb+I+64u*d,Ab-1u);let jc=Xa/Kb;let S=jc/ub;let D=jc-S*ub;let W=Xa-jc*Kb;ka[d]=i32(D*sizes.strideHeight);Ua[d]=i32(W*sizes.strideWidth);Sc[d]=(S*sizes.inputChannels+Ba*Y)*Vb;let i=(D*sizes.spreadHeight+lb)*sizes.outputWidth+W*sizes.spreadWidth+Jb;Rb[d]=(S*sizes.outputChannels+Ba*la+Za)*hf+i;}let K=sizes.kernelHeight*sizes.kernelWidth;let bb=(la+7u)/8u;let Gg=sizes.rowsPerStage*sizes.kernelWidth*sizes.channelsPerStage*VECTORS;var t:array<vec4f,Ra>;for(var C=0u;C<Y;C+=sizes.channelsPerStage){for(var wa=0u;wa<sizes.kernelHeight;wa+=sizes.rowsPerStage){for(var ma=I;ma<min(Gg,512u);ma+=64u){let Z=ma/VECTORS;let ia=wa*sizes.kernelWidth+Z/sizes.channelsPerStage;let Q=C+Z%sizes.channelsPerStage;let Yb=Za/4u+ma%VECTORS;if(Q<Y&&ia<K&&Yb/2u<bb){let dd=(Ba*bb+Yb/2u)*Y+Q;ee[ma]=packed[(dd*K+ia)*2u+Yb%2u];}else{ee[ma]=vec4f();}}workgroupBarrier();let Da=min(sizes.channelsPerStage,Y-C);for(var f=wa;f<min(sizes.kernelHeight,wa+sizes.rowsPerStage);f++){let Fa=i32(lb+f*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}for(var q=0u;q<sizes.kernelWidth;q++){let pa=i32(Jb+q*sizes.dilationWidth)-sizes.padLeft;if(pa%i32(sizes.spreadWidth)!=0){continue;}var Ja:array<u32,4>;for(var d=0u;d<4u;d++){let T=u32(ka[d]+Fa/i32(sizes.spreadHeight));let V=u32(Ua[d]+pa/i32(sizes.spreadWidth));let Ac=T<sizes.inputHeight&&V<sizes.inputWidth;Ja[d]=select(ab,Sc[d]+T*sizes.inputWidth+V,Ac);}let he=((f-wa)*sizes.kernelWidth+q)*sizes.channelsPerStage;for(var Q=0u;Q<Da;Q++){let o=(C+Q)*Vb;let za=vec4f(select(0.,input[Ja[0]+o],Ja[0]!=ab),select(0.,input[Ja[1]+o],Ja[1]!=ab),select(0.,input[Ja[2]+o],Ja[2]!=ab),select(0.,input[Ja[3]+o],Ja[3]!=ab));for(var s=0u;s<VECTORS;s++){let ea=ee[(he+Q)*VECTORS+s];for(var d=0u;d<4u;d++){t[4u*s+d]=fma(vec4f(ea[d]),za,t[4u*s+d]);}}}}}workgroupBarrier();}}let step=min(sizes.batch,1u);for(var h=0u;h<min(Ra,la-Za);h+=step){var aa=t[0];for(var d=1u;d<Ra;d++){aa=select(aa,t[d],d==h);}for(var d=0u;d<4u;d++){if(Tb+I+64u*d<Ab){let i=Rb[d]+h*hf;output[i]=finished(aa[d],Ba*la+Za+h,i);}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-naive': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>weight:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@group(0)@binding(4)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(5)var<storage,read_write>inputCotangent:array<f32>;@group(0)@binding(6)var<storage,read_write>weightCotangent:array<f32>;@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.batch*sizes.outputChannels*sizes.outputHeight*sizes.outputWidth){return;}let E=j%sizes.outputWidth;let n=(j/sizes.outputWidth)%sizes.outputHeight;let P=(j/(sizes.outputWidth*sizes.outputHeight))%sizes.outputChannels;let S=j/(sizes.outputWidth*sizes.outputHeight*sizes.outputChannels);let Y=sizes.inputChannels/sizes.groups;let hd=P/(sizes.outputChannels/sizes.groups)*Y;var na=0.;for(var Q=0u;Q<Y;Q++){for(var f=0u;f<sizes.kernelHeight;f++){let T=i32(n*sizes.strideHeight+f*sizes.dilationHeight)-sizes.padTop;for(var q=0u;q<sizes.kernelWidth;q++){let V=i32(E*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft;if(T>=0&&T<i32(sizes.inputHeight)&&V>=0&&V<i32(sizes.inputWidth)){let D=(S*sizes.inputChannels+hd+Q)*sizes.inputHeight+u32(T);let ia=((P*Y+Q)*sizes.kernelHeight+f)*sizes.kernelWidth+q;na+=input[D*sizes.inputWidth+u32(V)]*weight[ia];}}}}output[j]=na;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.batch*sizes.inputChannels*sizes.inputHeight*sizes.inputWidth){return;}let V=j%sizes.inputWidth;let T=(j/sizes.inputWidth)%sizes.inputHeight;let sc=(j/(sizes.inputWidth*sizes.inputHeight))%sizes.inputChannels;let S=j/(sizes.inputWidth*sizes.inputHeight*sizes.inputChannels);let Y=sizes.inputChannels/sizes.groups;let Ne=sizes.outputChannels/sizes.groups;let Q=sc%Y;let Za=sc/Y*Ne;var na=0.;for(var f=0u;f<sizes.kernelHeight;f++){let Fa=i32(T)+sizes.padTop-i32(f*sizes.dilationHeight);if(Fa<0||u32(Fa)%sizes.strideHeight!=0u||u32(Fa)/sizes.strideHeight>=sizes.outputHeight){continue;}for(var q=0u;q<sizes.kernelWidth;q++){let pa=i32(V)+sizes.padLeft-i32(q*sizes.dilationWidth);if(pa<0||u32(pa)%sizes.strideWidth!=0u||u32(pa)/sizes.strideWidth>=sizes.outputWidth){continue;}let n=u32(Fa)/sizes.strideHeight;let E=u32(pa)/sizes.strideWidth;for(var P=Za;P<Za+Ne;P++){let D=(S*sizes.outputChannels+P)*sizes.outputHeight+n;let ia=((P*Y+Q)*sizes.kernelHeight+f)*sizes.kernelWidth+q;na+=outputCotangent[D*sizes.outputWidth+E]*weight[ia];}}}inputCotangent[j]=na;}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let Y=sizes.inputChannels/sizes.groups;if(j>=sizes.outputChannels*Y*sizes.kernelHeight*sizes.kernelWidth){return;}let q=j%sizes.kernelWidth;let f=(j/sizes.kernelWidth)%sizes.kernelHeight;let Q=(j/(sizes.kernelWidth*sizes.kernelHeight))%Y;let P=j/(sizes.kernelWidth*sizes.kernelHeight*Y);let sc=P/(sizes.outputChannels/sizes.groups)*Y+Q;var na=0.;for(var S=0u;S<sizes.batch;S++){for(var n=0u;n<sizes.outputHeight;n++){let T=i32(n*sizes.strideHeight+f*sizes.dilationHeight)-sizes.padTop;if(T<0||T>=i32(sizes.inputHeight)){continue;}let kd=((S*sizes.inputChannels+sc)*sizes.inputHeight+u32(T))*sizes.inputWidth;let vc=((S*sizes.outputChannels+P)*sizes.outputHeight+n)*sizes.outputWidth;for(var E=0u;E<sizes.outputWidth;E++){let V=i32(E*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft;if(V>=0&&V<i32(sizes.inputWidth)){na+=outputCotangent[vc+E]*input[kd+u32(V)];}}}}weightCotangent[j]=na;}`,
    uses: { forward: [[0, 1, 2, 3]], inputGradient: [[0, 2, 4, 5]], weightGradient: [[0, 1, 4, 6]] },
  },
  'conv2d-pack-weights': {
    source: `struct Sizes{outputChannels:u32,inputChannels:u32,kernelHeight:u32,kernelWidth:u32,groups:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>weight:array<f32>;@group(0)@binding(2)var<storage,read_write>packed:array<f32>;@compute@workgroup_size(64,1,1)fn pack(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let K=sizes.kernelHeight*sizes.kernelWidth;let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let bb=(la+7u)/8u;if(j>=sizes.groups*bb*Y*K*8u){return;}let ia=(j/8u)%K;let Q=(j/(8u*K))%Y;let R=(j/(8u*K*Y))%bb;let Ba=j/(8u*K*Y*bb);let P=R*8u+j%8u;var F=0.;if(P<la){F=weight[((Ba*la+P)*Y+Q)*K+ia];}packed[j]=F;}@compute@workgroup_size(64,1,1)fn packTransposed(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let K=sizes.kernelHeight*sizes.kernelWidth;let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let bb=(Y+7u)/8u;if(j>=sizes.groups*bb*la*K*8u){return;}let ia=(j/8u)%K;let P=(j/(8u*K))%la;let R=(j/(8u*K*la))%bb;let Ba=j/(8u*K*la*bb);let Q=R*8u+j%8u;var F=0.;if(Q<Y){F=weight[((Ba*la+P)*Y+Q)*K+(K-1u-ia)];}packed[j]=F;}`,
    uses: { pack: [[0, 1, 2]], packTransposed: [[0, 1, 2]] },
  },
  'conv2d-tiled': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,spreadHeight:u32,spreadWidth:u32,splits:u32,channelsPerSplit:u32}const CHANNELS=4u;const PIXELS=4u;const DEPTH=8u;const yd=CHANNELS/4u;const Pb=PIXELS/4u;const Qa=CHANNELS*2u;const Ob=PIXELS*2u;const ab=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>packed:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;var<workgroup>Ef:array<vec4f,272>;var<workgroup>nf:array<vec4f,272>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}@compute@workgroup_size(64,1,1)fn convolve(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)I:u32,@builtin(num_workgroups)L:vec3u){let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let Bc=(la+8u*CHANNELS-1u)/(8u*CHANNELS);var j=workgroup.x+workgroup.y*L.x;let Za=j%Bc*8u*CHANNELS;j/=Bc;let Ba=j%sizes.groups;j/=sizes.groups;let Jb=j%sizes.spreadWidth;j/=sizes.spreadWidth;let lb=j%sizes.spreadHeight;j/=sizes.spreadHeight;let fa=j%sizes.splits;let Tb=j/sizes.splits*8u*PIXELS;if(lb>=sizes.outputHeight||Jb>=sizes.outputWidth){return;}let ub=(sizes.outputHeight-lb+sizes.spreadHeight-1u)/sizes.spreadHeight;let Kb=(sizes.outputWidth-Jb+sizes.spreadWidth-1u)/sizes.spreadWidth;let Ab=sizes.batch*ub*Kb;if(Tb>=Ab){return;}let Vb=sizes.inputHeight*sizes.inputWidth;let mf=I%Ob;var ka:array<i32,4>;var Ua:array<i32,4>;var Sc:array<u32,4>;for(var d=0u;d<4u;d++){let Xa=min(Tb+mf+Ob*d,Ab-1u);let D=Xa/Kb;let S=D/ub;ka[d]=i32((D-S*ub)*sizes.strideHeight);Ua[d]=i32((Xa-D*Kb)*sizes.strideWidth);Sc[d]=(S*sizes.inputChannels+Ba*Y)*Vb;}let Id=I%Qa;let K=sizes.kernelHeight*sizes.kernelWidth;let bb=(la+7u)/8u;let dd=(Za/8u)+Id/2u;let Qf=(Ba*bb+min(dd,bb-1u))*Y*K*2u+Id%2u;let hd=fa*sizes.channelsPerSplit;let ja=min(Y,hd+sizes.channelsPerSplit);let Ic=I/8u;let hc=I%8u;var t:array<array<vec4f,Pb>,CHANNELS>;for(var f=0u;f<sizes.kernelHeight;f++){let Fa=i32(lb+f*sizes.dilationHeight)-sizes.padTop;if(Fa%i32(sizes.spreadHeight)!=0){continue;}for(var q=0u;q<sizes.kernelWidth;q++){let pa=i32(Jb+q*sizes.dilationWidth)-sizes.padLeft;if(pa%i32(sizes.spreadWidth)!=0){continue;}var Ja:array<u32,4>;for(var d=0u;d<4u;d++){let T=u32(ka[d]+Fa/i32(sizes.spreadHeight));let V=u32(Ua[d]+pa/i32(sizes.spreadWidth));let Ac=T<sizes.inputHeight&&V<sizes.inputWidth;Ja[d]=select(ab,Sc[d]+T*sizes.inputWidth+V,Ac);}let he=Qf+(f*sizes.kernelWidth+q)*2u;for(var C=hd;C<ja;C+=DEPTH){for(var ma=I;ma<DEPTH*Qa;ma+=64u){let l=ma/Qa;let Mg=packed[he+(C+l)*K*2u];let rc=C+l<ja&&dd<bb;Ef[l*(Qa+1u)+Id]=select(vec4f(),Mg,rc);}for(var ma=I;ma<DEPTH*Ob;ma+=64u){let l=ma/Ob;let o=(C+l)*Vb;let rc=C+l<ja;nf[l*(Ob+1u)+mf]=vec4f(select(0.,input[Ja[0]+o],rc&&Ja[0]!=ab),select(0.,input[Ja[1]+o],rc&&Ja[1]!=ab),select(0.,input[Ja[2]+o],rc&&Ja[2]!=ab),select(0.,input[Ja[3]+o],rc&&Ja[3]!=ab));}workgroupBarrier();for(var l=0u;l<DEPTH;l++){var za:array<vec4f,Pb>;for(var s=0u;s<Pb;s++){za[s]=nf[l*(Ob+1u)+hc+8u*s];}for(var Ha=0u;Ha<yd;Ha++){let ea=Ef[l*(Qa+1u)+Ic+8u*Ha];for(var d=0u;d<4u;d++){for(var s=0u;s<Pb;s++){t[4u*Ha+d][s]=fma(vec4f(ea[d]),za[s],t[4u*Ha+d][s]);}}}}workgroupBarrier();}}}let G=sizes.outputHeight*sizes.outputWidth;let ga=(fa*sizes.batch*sizes.outputChannels+Ba*la+Za)*G;var Rb:array<array<u32,4>,Pb>;for(var s=0u;s<Pb;s++){for(var d=0u;d<4u;d++){let Xa=Tb+hc+8u*s+Ob*d;let D=Xa/Kb;let S=D/ub;let T=(D-S*ub)*sizes.spreadHeight+lb;let V=(Xa-D*Kb)*sizes.spreadWidth+Jb;Rb[s][d]=ga+S*sizes.outputChannels*G+T*sizes.outputWidth+V;}}let step=min(sizes.batch,1u);for(var h=0u;h<CHANNELS;h+=step){var aa=t[0];for(var d=1u;d<CHANNELS;d++){for(var s=0u;s<Pb;s++){aa[s]=select(aa[s],t[d][s],d==h);}}let P=4u*Ic+32u*(h/4u)+h%4u;for(var s=0u;s<Pb;s++){for(var d=0u;d<4u;d++){if(Za+P<la&&Tb+hc+8u*s+Ob*d<Ab){let i=Rb[s][d]+P*G;output[i]=finished(aa[s][d],Ba*la+Za+P,i);}}}}}`,
    uses: { convolve: [[0, 1, 2, 3], 'finished'] },
  },
  'conv2d-weight-gradient-tiled': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,splits:u32,pixelsPerSplit:u32}const CHANNELS=4u;const COLUMNS=4u;const yd=CHANNELS/4u;const db=COLUMNS/4u;const Qa=CHANNELS*2u;const La=COLUMNS*2u;const ba=16u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>partials:array<f32>;var<workgroup>De:array<vec4f,272>;var<workgroup>Ue:array<vec4f,272>;var<workgroup>Af:array<vec4i,64>;fn jd(W:u32,o:i32,T:i32,V:i32)->f32{let ia=Af[W];let gb=u32(T+ia.y)<sizes.inputHeight&&u32(V+ia.z)<sizes.inputWidth;return select(0.,input[u32(o+ia.x)],gb);}@compute@workgroup_size(64,1,1)fn weightGradient(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)I:u32,@builtin(num_workgroups)L:vec3u){let Y=sizes.inputChannels/sizes.groups;let la=sizes.outputChannels/sizes.groups;let Yd=sizes.kernelHeight*sizes.kernelWidth;let K=Y*Yd;let Bf=(K+8u*COLUMNS-1u)/(8u*COLUMNS);let Bc=(la+8u*CHANNELS-1u)/(8u*CHANNELS);var j=workgroup.x+workgroup.y*L.x;let Fc=j%Bf*8u*COLUMNS;j/=Bf;let Za=j%Bc*8u*CHANNELS;j/=Bc;let Ba=j%sizes.groups;let fa=j/sizes.groups;if(fa>=sizes.splits){return;}if(I<8u*COLUMNS){let ia=Fc+I;let Q=ia/Yd;let f=ia%Yd/sizes.kernelWidth;let Fa=i32(f*sizes.dilationHeight)-sizes.padTop;let pa=i32(ia%sizes.kernelWidth*sizes.dilationWidth)-sizes.padLeft;let i=(i32((Ba*Y+Q)*sizes.inputHeight)+Fa)*i32(sizes.inputWidth)+pa;Af[I]=vec4i(i,select(-1073741824,Fa,ia<K),pa,0);}workgroupBarrier();let G=sizes.outputHeight*sizes.outputWidth;let ja=min(sizes.batch*G,(fa+1u)*sizes.pixelsPerSplit);let Ic=I/8u;let Jc=I%8u;let hc=I%ba;var t:array<array<vec4f,db>,CHANNELS>;for(var C=fa*sizes.pixelsPerSplit;C<ja;C+=ba){let Xa=C+hc;let S=Xa/G;let Vd=Xa-S*G;let n=Vd/sizes.outputWidth;let Ca=select(0u,la,Xa<ja);let Wf=(S*sizes.outputChannels+Ba*la)*G+Vd;for(var ma=I/ba;ma<Qa;ma+=64u/ba){let P=Za+ma;let i=Wf+P*G;De[hc*(Qa+1u)+ma]=vec4f(select(0.,outputCotangent[i],P<Ca),select(0.,outputCotangent[i+Qa*G],P+Qa<Ca),select(0.,outputCotangent[i+2u*Qa*G],P+2u*Qa<Ca),select(0.,outputCotangent[i+3u*Qa*G],P+3u*Qa<Ca));}let T=select(-1073741824,i32(n*sizes.strideHeight),Xa<ja);let V=i32((Vd-n*sizes.outputWidth)*sizes.strideWidth);let ig=S*sizes.inputChannels*sizes.inputHeight*sizes.inputWidth;let ld=i32(ig+n*sizes.strideHeight*sizes.inputWidth)+V;for(var ma=I/ba;ma<La;ma+=64u/ba){Ue[hc*(La+1u)+ma]=vec4f(jd(ma,ld,T,V),jd(ma+La,ld,T,V),jd(ma+2u*La,ld,T,V),jd(ma+3u*La,ld,T,V));}workgroupBarrier();for(var l=0u;l<ba;l++){var za:array<vec4f,db>;for(var s=0u;s<db;s++){za[s]=Ue[l*(La+1u)+Jc+8u*s];}for(var Ha=0u;Ha<yd;Ha++){let ea=De[l*(Qa+1u)+Ic+8u*Ha];for(var d=0u;d<4u;d++){for(var s=0u;s<db;s++){t[4u*Ha+d][s]=fma(vec4f(ea[d]),za[s],t[4u*Ha+d][s]);}}}}workgroupBarrier();}let step=min(sizes.batch,1u);for(var h=0u;h<CHANNELS;h+=step){var aa=t[0];for(var d=1u;d<CHANNELS;d++){for(var s=0u;s<db;s++){aa[s]=select(aa[s],t[d][s],d==h);}}let P=Za+Ic+8u*(h/4u)+Qa*(h%4u);let o=((fa*sizes.groups+Ba)*la+P)*K;for(var s=0u;s<db;s++){for(var d=0u;d<4u;d++){let ia=Fc+Jc+8u*s+La*d;if(P<la&&ia<K){partials[o+ia]=aa[s][d];}}}}}`,
    uses: { weightGradient: [[0, 1, 2, 3]] },
  },
  'conv2d-weight-gradient': {
    source: `struct Sizes{batch:u32,inputChannels:u32,inputHeight:u32,inputWidth:u32,outputChannels:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,groups:u32,splits:u32,rowsPerSplit:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>outputCotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>partials:array<f32>;@group(0)@binding(4)var<storage,read>partialSums:array<f32>;@group(0)@binding(5)var<storage,read_write>weightCotangent:array<f32>;@compute@workgroup_size(64,1,1)fn singleTap(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let Y=sizes.inputChannels/sizes.groups;let Db=sizes.outputChannels*Y*sizes.kernelHeight*sizes.kernelWidth;if(j>=Db*sizes.splits){return;}let fa=j/Db;let q=j%sizes.kernelWidth;let f=(j/sizes.kernelWidth)%sizes.kernelHeight;let Q=(j/(sizes.kernelWidth*sizes.kernelHeight))%Y;let P=(j%Db)/(sizes.kernelWidth*sizes.kernelHeight*Y);let sc=P/(sizes.outputChannels/sizes.groups)*Y+Q;var na=0.;let Zf=min((fa+1u)*sizes.rowsPerSplit,sizes.batch*sizes.outputHeight);for(var vc=fa*sizes.rowsPerSplit;vc<Zf;vc++){let S=vc/sizes.outputHeight;let n=vc%sizes.outputHeight;let T=i32(n*sizes.strideHeight+f*sizes.dilationHeight)-sizes.padTop;if(T<0||T>=i32(sizes.inputHeight)){continue;}let D=((S*sizes.inputChannels+sc)*sizes.inputHeight+u32(T))*sizes.inputWidth;let o=((S*sizes.outputChannels+P)*sizes.outputHeight+n)*sizes.outputWidth;for(var E=0u;E<sizes.outputWidth;E++){let V=u32(i32(E*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft);na+=outputCotangent[o+E]*select(0.,input[D+V],V<sizes.inputWidth);}}partials[j]=na;}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let Y=sizes.inputChannels/sizes.groups;let Db=sizes.outputChannels*Y*sizes.kernelHeight*sizes.kernelWidth;if(j>=Db){return;}var na=0.;for(var fa=0u;fa<sizes.splits;fa++){na+=partialSums[fa*Db+j];}weightCotangent[j]=na;}`,
    uses: { singleTap: [[0, 1, 2, 3]], reducePartials: [[0, 4, 5]] },
  },
  'conv2d-windows': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideHeight:u32,strideWidth:u32,dilationHeight:u32,dilationWidth:u32,padTop:i32,padLeft:i32,firstPicture:u32,pictures:u32,firstChannel:u32,channels:u32,firstPixel:u32,pixels:u32,groupChannels:u32,groupStride:u32,tapStride:u32,pixelStride:u32,pictureStride:u32,flip:u32}const DILATED=0u;const ab=0xffffffffu;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>image:array<f32>;@group(0)@binding(2)var<storage,read_write>windows:array<f32>;@group(0)@binding(3)var<storage,read>windowCotangents:array<f32>;@group(0)@binding(4)var<storage,read_write>imageCotangent:array<f32>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}struct Ad{picture:u32,channel:u32,pixel:u32}fn He(j:u32,Ab:u32)->Ad{let G=j/Ab;let Mc=G/sizes.channels;return Ad(Mc,G-Mc*sizes.channels,j-G*Ab);}fn Fc(u:Ad)->u32{let Ba=u.channel/sizes.groupChannels;let K=sizes.kernelHeight*sizes.kernelWidth;return u.picture*sizes.pictureStride+Ba*sizes.groupStride+(u.channel-Ba*sizes.groupChannels)*K*sizes.tapStride;}@compute@workgroup_size(64,1,1)fn gatherWindows(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let u=He(g.x+g.y*(L.x*64u),sizes.pixels);if(u.picture>=sizes.pictures){return;}let Xa=sizes.firstPixel+u.pixel;let n=Xa/sizes.outputWidth;let E=Xa-n*sizes.outputWidth;let G=(sizes.firstPicture+u.picture)*sizes.planes+sizes.firstChannel+u.channel;let K=sizes.kernelHeight*sizes.kernelWidth;let We=sizes.flip!=0u;let step=select(sizes.tapStride,0u-sizes.tapStride,We);var i=Fc(u)+u.pixel*sizes.pixelStride+select(0u,(K-1u)*sizes.tapStride,We);for(var f=0u;f<sizes.kernelHeight;f++){let D=u32(i32(n*sizes.strideHeight+f*sizes.dilationHeight)-sizes.padTop);let Ca=select(0u,sizes.width,D<sizes.height);let o=(G*sizes.height+D)*sizes.width;for(var q=0u;q<sizes.kernelWidth;q++){let W=u32(i32(E*sizes.strideWidth+q*sizes.dilationWidth)-sizes.padLeft);windows[i]=select(0.,image[o+W],W<Ca);i+=step;}}}fn Ke(Gb:i32,ac:u32)->u32{return(u32(max(Gb,0))+ac-1u)/ac;}fn zf(distance:u32,eb:u32)->u32{if(DILATED==0u){return distance;}let ia=distance/eb;return select(ab,ia,ia*eb==distance);}@compute@workgroup_size(64,1,1)fn sumWindows(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let sa=sizes.height*sizes.width;let u=He(g.x+g.y*(L.x*64u),sa);if(u.picture>=sizes.pictures){return;}let T=u.pixel/sizes.width;let o=Fc(u);let Fa=i32(T)+sizes.padTop;let pa=i32(u.pixel-T*sizes.width)+sizes.padLeft;let Ub=Ke(Fa-i32((sizes.kernelHeight-1u)*sizes.dilationHeight),sizes.strideHeight);let Ec=Ke(pa-i32((sizes.kernelWidth-1u)*sizes.dilationWidth),sizes.strideWidth);var na=0.;for(var n=Ub;i32(n*sizes.strideHeight)<=Fa&&n<sizes.outputHeight;n++){let f=zf(u32(Fa)-n*sizes.strideHeight,sizes.dilationHeight);for(var E=Ec;i32(E*sizes.strideWidth)<=pa&&E<sizes.outputWidth;E++){let q=zf(u32(pa)-E*sizes.strideWidth,sizes.dilationWidth);let ia=f*sizes.kernelWidth+q;let F=windowCotangents[o+ia*sizes.tapStride+(n*sizes.outputWidth+E)*sizes.pixelStride];na+=select(0.,F,max(f,q)!=ab);}}let M=sizes.firstChannel+u.channel;let i=((sizes.firstPicture+u.picture)*sizes.planes+M)*sa+u.pixel;imageCotangent[i]=finished(na,M,i);}`,
    uses: { gatherWindows: [[0, 1, 2]], sumWindows: [[0, 3, 4], 'finished'] },
  },
  convert: {
    source: `struct Sizes{count:u32,mask:u32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;fn Vf(Ta:u32)->u32{let zb=Ta&0x7fffffffu;if(OPERATION==0u){return Ta;}if(OPERATION==1u){return bitcast<u32>(i32(bitcast<f32>(Ta)));}if(OPERATION==2u){return bitcast<u32>(f32(bitcast<i32>(Ta)));}if(OPERATION==3u){return u32(zb!=0u);}if(OPERATION==4u){return bitcast<u32>(f32(zb!=0u));}if(OPERATION==5u){return u32(Ta!=0u);}if(OPERATION==6u){return bitcast<u32>(f32(Ta!=0u));}if(OPERATION==7u){return u32(Ta==0u);}if(OPERATION==8u){return u32(zb>0x7f800000u);}let Lg=1u+(Ta>>31u);return u32(zb==0x7f800000u&&(sizes.mask&Lg)!=0u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}output[f]=Vf(input[f]);}`,
    uses: { main: [[0, 1, 2]] },
  },
  copy: {
    source: `struct Sizes{count:u32,length:u32,inner:u32,inputAxis:u32,inputStart:u32,inputStep:i32,outputAxis:u32,outputStart:u32,outputStep:i32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn copy(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}let f=d%sizes.inner;let B=(d/sizes.inner)%sizes.length;let P=d/(sizes.inner*sizes.length);let to=(P*sizes.outputAxis+u32(i32(sizes.outputStart)+i32(B)*sizes.outputStep))*sizes.inner+f;let de=(P*sizes.inputAxis+u32(i32(sizes.inputStart)+i32(B)*sizes.inputStep))*sizes.inner+f;output[to]=input[de];}@compute@workgroup_size(64,1,1)fn fill(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}output[d]=0u;}`,
    uses: { copy: [[0, 1, 2]], fill: [[0, 2]] },
  },
  'cross-entropy': {
    source: `struct Sizes{batch:u32,classes:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>logits:array<f32>;@group(0)@binding(2)var<storage,read>labels:array<i32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn Qc(o:u32)->f32{var qa=logits[o];for(var l=1u;l<sizes.classes;l++){qa=max(qa,logits[o+l]);}return qa;}fn Rc(o:u32,X:f32)->f32{var A=0.;for(var l=0u;l<sizes.classes;l++){A+=exp(logits[o+l]-X);}return A;}fn Ac(Wb:i32)->bool{return Wb>=0&&Wb<i32(sizes.classes);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let S=g.x+g.y*m.x*64u;if(S>=sizes.batch){return;}let Wb=labels[S];if(!Ac(Wb)){output[S]=0.;return;}let o=S*sizes.classes;let X=Qc(o);output[S]=log(Rc(o,X))+(X-logits[o+u32(Wb)]);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let S=g.x+g.y*m.x*64u;if(S>=sizes.batch){return;}let o=S*sizes.classes;let Wb=labels[S];let X=Qc(o);let A=Rc(o,X);let Dg=select(0.,cotangent[S],Ac(Wb));for(var l=0u;l<sizes.classes;l++){let gg=select(0.,1.,i32(l)==Wb);output[o+l]=Dg*(exp(logits[o+l]-X)/A-gg);}}`,
    uses: { forward: [[0, 1, 2, 4]], gradient: [[0, 1, 2, 3, 4]] },
  },
  'depth-to-space': {
    source: `struct Sizes{count:u32,channels:u32,height:u32,width:u32,side:u32,columnFirst:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;fn Fe(H:u32)->u32{let xa=sizes.side;let le=sizes.width*xa;let e=H%le;let r=(H/le)%(sizes.height*xa);let G=H/(le*sizes.height*xa);let Q=G%sizes.channels;let S=G/sizes.channels;let ye=(r%xa)*xa+e%xa;let l=select(ye*sizes.channels+Q,Q*xa*xa+ye,sizes.columnFirst==1u);return((S*sizes.channels*xa*xa+l)*sizes.height+r/xa)*sizes.width+e/xa;}@compute@workgroup_size(64,1,1)fn toSpace(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.count){return;}output[H]=input[Fe(H)];}@compute@workgroup_size(64,1,1)fn toDepth(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.count){return;}output[Fe(H)]=input[H];}`,
    uses: { toSpace: [[0, 1, 2]], toDepth: [[0, 1, 2]] },
  },
  'draw-maps': {
    source: `struct Sizes{start:u32,channels:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,isSigned:u32,isSmooth:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>maps:array<f32>;@group(0)@binding(2)var<storage,read_write>partialExtents:array<f32>;@group(0)@binding(3)var<storage,read_write>range:array<f32>;@group(0)@binding(4)var<storage,read>table:array<u32>;@group(0)@binding(5)var<storage,read_write>colours:array<u32>;const Cd=256u;fn og(F:f32)->bool{return(bitcast<u32>(F)&0x7f800000u)!=0x7f800000u;}@compute@workgroup_size(64,1,1)fn partials(@builtin(global_invocation_id)g:vec3u){if(g.x>=Cd){return;}let Da=sizes.channels*sizes.height*sizes.width;var Gb=0.;var X=0.;for(var f=g.x;f<Da;f+=Cd){let F=maps[sizes.start+f];if(og(F)){Gb=min(Gb,F);X=max(X,F);}}partialExtents[2u*g.x]=Gb;partialExtents[2u*g.x+1u]=X;}@compute@workgroup_size(1,1,1)fn extent(){var Gb=0.;var X=0.;for(var sb=0u;sb<Cd;sb++){Gb=min(Gb,partialExtents[2u*sb]);X=max(X,partialExtents[2u*sb+1u]);}if(sizes.isSigned!=0u){X=max(X,-Gb);}if(X==0.){X=1.;}range[1]=X;range[0]=select(0.,-X,sizes.isSigned!=0u);}fn Jd(F:f32)->u32{if((bitcast<u32>(F)&0x7fffffffu)>0x7f800000u){return table[0];}let i=(F-range[0])/(range[1]-range[0]);return table[u32(floor(clamp(i,0.,1.)*255.+0.5))];}@compute@workgroup_size(64,1,1)fn tiles(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.channels*sizes.height*sizes.width){return;}colours[f]=Jd(maps[sizes.start+f]);}fn Uc(r:u32,e:u32)->f32{let G=sizes.height*sizes.width;var Qd=0.;for(var M=0u;M<sizes.channels;M++){let F=maps[sizes.start+M*G+r*sizes.width+e];if(abs(F)>abs(Qd)){Qd=F;}}return Qd;}@compute@workgroup_size(64,1,1)fn overlay(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.outputHeight*sizes.outputWidth){return;}let r=(f32(f/sizes.outputWidth)+0.5)*f32(sizes.height)/f32(sizes.outputHeight);let e=(f32(f%sizes.outputWidth)+0.5)*f32(sizes.width)/f32(sizes.outputWidth);let ib=sizes.height-1u;let za=sizes.width-1u;if(sizes.isSmooth==0u){colours[f]=Jd(Uc(min(u32(r),ib),min(u32(e),za)));return;}let wa=clamp(r-0.5,0.,f32(ib));let ea=clamp(e-0.5,0.,f32(za));let xd=u32(wa);let Zc=u32(ea);let Hf=min(xd+1u,ib);let Gf=min(Zc+1u,za);let Kg=mix(Uc(xd,Zc),Uc(xd,Gf),ea-f32(Zc));let sg=mix(Uc(Hf,Zc),Uc(Hf,Gf),ea-f32(Zc));colours[f]=Jd(mix(Kg,sg,wa-f32(xd)));}`,
    uses: { partials: [[0, 1, 2]], extent: [[0, 2, 3]], tiles: [[0, 1, 3, 4, 5]], overlay: [[0, 1, 3, 4, 5]] },
  },
  dropout: {
    source: `struct Sizes{count:u32,stream:u32,threshold:u32,scale:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>seed:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn mix(F:u32)->u32{var s=F;s=(s^(s>>16u))*0x7feb352du;s=(s^(s>>15u))*0x846ca68bu;return s^(s>>16u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}let fg=mix(mix(u32(seed[0])+0x9E3779B9u*sizes.stream)^f);output[f]=select(0.,input[f]*sizes.scale,(fg>>8u)>=sizes.threshold);}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'flat-indices': {
    source: `struct Sizes{planes:u32,pooledArea:u32,height:u32,width:u32,columnMajor:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>switches:array<i32>;@group(0)@binding(2)var<storage,read_write>flat:array<i32>;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>indices:array<i32>;@compute@workgroup_size(64,1,1)fn fromSwitches(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.planes*sizes.pooledArea){return;}let o=i32((f/sizes.pooledArea)*sizes.height*sizes.width);let ra=switches[f];if(ra<0){flat[f]=-1;}else if(sizes.columnMajor==1u){flat[f]=o+(ra%i32(sizes.width))*i32(sizes.height)+ra/i32(sizes.width);}else{flat[f]=o+ra;}}@compute@workgroup_size(64,1,1)fn scatter(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let n=g.x+g.y*m.x*64u;if(n>=sizes.planes){return;}let sa=sizes.height*sizes.width;let o=n*sa;for(var l=0u;l<sa;l++){output[o+l]=0.;}for(var l=0u;l<sizes.pooledArea;l++){let u=indices[n*sizes.pooledArea+l]-i32(o);if(u>=0&&u<i32(sa)){output[o+u32(u)]=input[n*sizes.pooledArea+l];}}}@compute@workgroup_size(64,1,1)fn gather(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.planes*sizes.pooledArea){return;}let sa=sizes.height*sizes.width;let o=(f/sizes.pooledArea)*sa;let u=indices[f]-i32(o);var F=0.;if(u>=0&&u<i32(sa)){F=input[o+u32(u)];}output[f]=F;}`,
    uses: { fromSwitches: [[0, 1, 2]], scatter: [[0, 3, 4, 5]], gather: [[0, 3, 4, 5]] },
  },
  'gather-elements': {
    source: `struct Sizes{count:u32,rank:u32,axis:u32,axisSize:u32,axisStride:u32,axisLength:u32,outputSize:array<vec4u,2>,otherSize:array<vec4u,2>,ownStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn i(j:i32)->i32{return select(j,j+i32(sizes.axisSize),j<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}var U=d;var o=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;o+=(U%sizes.outputSize[E][h])*sizes.ownStride[E][h];U=U/sizes.outputSize[E][h];}let B=i(indices[d]);if(B>=0&&B<i32(sizes.axisSize)){output[d]=input[o+u32(B)*sizes.axisStride];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}var U=d;var o=0u;var cb=0;var Ve=true;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let Kd=U%sizes.outputSize[E][h];U=U/sizes.outputSize[E][h];o+=Kd*sizes.ownStride[E][h];if(O-1u==sizes.axis){cb=i32(Kd);}else if(Kd>=sizes.otherSize[E][h]){Ve=false;}}var A=0.;if(Ve){for(var q=0u;q<sizes.axisLength;q++){let u=o+q*sizes.axisStride;if(i(indices[u])==cb){A+=cotangent[u];}}}sum[d]=A;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  gather: {
    source: `struct Sizes{count:u32,inner:u32,axis:u32,indexCount:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>indices:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<u32>;@group(0)@binding(3)var<storage,read_write>sum:array<f32>;fn i(q:u32)->i32{let j=indices[q];return select(j,j+i32(sizes.axis),j<0);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}let f=d%sizes.inner;let B=i((d/sizes.inner)%sizes.indexCount);let P=d/(sizes.inner*sizes.indexCount);if(B>=0&&B<i32(sizes.axis)){output[d]=input[(P*sizes.axis+u32(B))*sizes.inner+f];}else{output[d]=0u;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}let f=d%sizes.inner;let B=i32((d/sizes.inner)%sizes.axis);let P=d/(sizes.inner*sizes.axis);var A=0.;for(var q=0u;q<sizes.indexCount;q++){if(i(q)==B){A+=cotangent[(P*sizes.indexCount+q)*sizes.inner+f];}}sum[d]=A;}`,
    uses: { forward: [[0, 1, 3, 4]], gradient: [[0, 2, 3, 5]] },
  },
  'grid-sample': {
    source: `struct Sizes{batch:u32,channels:u32,height:u32,width:u32,points:u32,mode:u32,padding:u32,alignCorners:u32,bands:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>grid:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;fn pf(e:f32,N:u32)->vec2f{let Pa=select(-0.5,0.,sizes.alignCorners==1u);let td=select(f32(N),f32(N)-1.,sizes.alignCorners==1u);if(td==0.){return vec2f(0.,0.);}let distance=abs(e-Pa);let Pd=floor(distance/td);let U=distance-Pd*td;let Ye=Pd-2.*floor(Pd*0.5)>0.5;let ug=select(U,td-U,Ye)+Pa;let Ea=select(1.,-1.,e<Pa)*select(1.,-1.,Ye);return vec2f(ug,Ea);}fn Rf(i:vec2f,N:u32)->vec2f{let oa=f32(N)-1.;let gb=i.x>0.&&i.x<oa;return vec2f(clamp(i.x,0.,oa),select(0.,i.y,gb));}fn xc(ha:f32,N:u32)->vec2f{let rf=0.5*select(f32(N),f32(N)-1.,sizes.alignCorners==1u);var i=vec2f(clamp((ha+1.)*rf-select(0.5,0.,sizes.alignCorners==1u),-1e6,1e6),rf);if(sizes.mode==2u||sizes.padding==0u){return i;}if(sizes.padding==2u){let cf=pf(i.x,N);i=vec2f(cf.x,i.y*cf.y);}return Rf(i,N);}struct ne{at:i32,weight:f32,slope:f32}fn ge()->u32{return select(1u<<sizes.mode,1u,sizes.mode==0u);}fn Xf(d:f32)->vec2f{let B=-0.75;let v=abs(d);let tf=sign(d);if(v<=1.){return vec2f(((B+2.)*v-(B+3.))*v*v+1.,tf*(3.*(B+2.)*v-2.*(B+3.))*v);}return vec2f(((B*v-5.*B)*v+8.*B)*v-4.*B,tf*((3.*B*v-10.*B)*v+8.*B));}fn Nb(l:u32,i:vec2f,N:u32)->ne{let ga=floor(i.x);let Rd=i.x-ga;var u=i32(ga)+i32(l);var ke=1.;var Ea=0.;if(sizes.mode==0u){u=i32(round(i.x));}else if(sizes.mode==1u){ke=select(Rd,1.-Rd,l==0u);Ea=select(i.y,-i.y,l==0u);}else{u-=1;let Ie=Xf(Rd+1.-f32(l));ke=Ie.x;Ea=Ie.y*i.y;if(sizes.padding==1u){u=clamp(u,0,i32(N)-1);}if(sizes.padding==2u){u=clamp(i32(round(pf(f32(u),N).x)),0,i32(N)-1);}}if(u>=i32(N)){u=-1;}return ne(u,ke,Ea);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.batch*sizes.channels*sizes.points){return;}let n=f/sizes.points;let Nc=2u*((n/sizes.channels)*sizes.points+f%sizes.points);let Oc=xc(grid[Nc],sizes.width);let Pc=xc(grid[Nc+1u],sizes.height);let K=ge();var A=0.;for(var va=0u;va<K;va++){let hb=Nb(va,Pc,sizes.height);if(hb.at<0){continue;}let D=(n*sizes.height+u32(hb.at))*sizes.width;for(var ua=0u;ua<K;ua++){let nb=Nb(ua,Oc,sizes.width);if(nb.at>=0){A+=hb.weight*nb.weight*input[D+u32(nb.at)];}}}output[f]=A;}@compute@workgroup_size(64,1,1)fn gridGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.batch*sizes.points){return;}let S=f/sizes.points;let Oc=xc(grid[2u*f],sizes.width);let Pc=xc(grid[2u*f+1u],sizes.height);let K=ge();var A=vec2f(0.,0.);for(var va=0u;va<K;va++){let hb=Nb(va,Pc,sizes.height);if(hb.at<0){continue;}for(var ua=0u;ua<K;ua++){let nb=Nb(ua,Oc,sizes.width);if(nb.at<0){continue;}var cc=0.;for(var Q=0u;Q<sizes.channels;Q++){let n=S*sizes.channels+Q;cc+=cotangent[n*sizes.points+f%sizes.points]*input[(n*sizes.height+u32(hb.at))*sizes.width+u32(nb.at)];}A+=cc*vec2f(nb.slope*hb.weight,nb.weight*hb.slope);}}output[2u*f]=A.x;output[2u*f+1u]=A.y;}@compute@workgroup_size(64,1,1)fn inputGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.batch*sizes.channels*sizes.bands){return;}let n=f/sizes.bands;let C=(f%sizes.bands)*sizes.height/sizes.bands;let oa=(f%sizes.bands+1u)*sizes.height/sizes.bands;let sa=sizes.height*sizes.width;let K=ge();for(var u=C*sizes.width;u<oa*sizes.width;u++){output[n*sa+u]=0.;}for(var P=0u;P<sizes.points;P++){let Nc=2u*((n/sizes.channels)*sizes.points+P);let Oc=xc(grid[Nc],sizes.width);let Pc=xc(grid[Nc+1u],sizes.height);let ha=cotangent[n*sizes.points+P];for(var va=0u;va<K;va++){let hb=Nb(va,Pc,sizes.height);if(hb.at<i32(C)||hb.at>=i32(oa)){continue;}for(var ua=0u;ua<K;ua++){let nb=Nb(ua,Oc,sizes.width);if(nb.at<0){continue;}let i=n*sa+u32(hb.at)*sizes.width+u32(nb.at);output[i]=output[i]+hb.weight*nb.weight*ha;}}}}`,
    uses: { forward: [[0, 1, 2, 4]], gridGradient: [[0, 1, 2, 3, 4]], inputGradient: [[0, 2, 3, 4]] },
  },
  'inner-rows': {
    source: `struct Sizes{rows:u32,inner:u32,matrices:u32,offset:u32,matrixStride:u32,rowStride:u32,innerStride:u32}const ALONG_INNER=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>matrix:array<f32>;@group(0)@binding(2)var<storage,read_write>copy:array<vec4f>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let fc=(sizes.rows+3u)/4u;let length=select(fc,sizes.inner,ALONG_INNER==1u);let gf=select(sizes.inner,fc,ALONG_INNER==1u);let Z=j/length;let J=Z/gf;if(J>=sizes.matrices){return;}let re=j-Z*length;let pa=Z-J*gf;let l=select(pa,re,ALONG_INNER==1u);let ta=select(re,pa,ALONG_INNER==1u);let oa=sizes.rows-1u;let o=sizes.offset+J*sizes.matrixStride+l*sizes.innerStride;copy[(J*sizes.inner+l)*fc+ta]=vec4f(matrix[o+min(ta*4u,oa)*sizes.rowStride],matrix[o+min(ta*4u+1u,oa)*sizes.rowStride],matrix[o+min(ta*4u+2u,oa)*sizes.rowStride],matrix[o+min(ta*4u+3u,oa)*sizes.rowStride]);}`,
    uses: { main: [[0, 1, 2]] },
  },
  'lp-norm': {
    source: `struct Sizes{lines:u32,axis:u32,inner:u32,p:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn df(o:u32)->f32{var X=0.;for(var l=0u;l<sizes.axis;l++){X=max(X,abs(input[o+l*sizes.inner]));}if(X==0.){return 0.;}var A=0.;for(var l=0u;l<sizes.axis;l++){let e=abs(input[o+l*sizes.inner])/X;A+=select(e*e,e,sizes.p==1u);}return X*select(sqrt(A),A,sizes.p==1u);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let gc=g.x+g.y*m.x*64u;if(gc>=sizes.lines){return;}let o=(gc/sizes.inner)*sizes.axis*sizes.inner+gc%sizes.inner;let Ib=df(o);let Sb=select(Ib,1.,Ib==0.);for(var l=0u;l<sizes.axis;l++){let u=o+l*sizes.inner;output[u]=input[u]/Sb;}}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let gc=g.x+g.y*m.x*64u;if(gc>=sizes.lines){return;}let o=(gc/sizes.inner)*sizes.axis*sizes.inner+gc%sizes.inner;let Ib=df(o);let Sb=select(Ib,1.,Ib==0.);var A=0.;for(var l=0u;l<sizes.axis;l++){let u=o+l*sizes.inner;A+=cotangent[u]*(input[u]/Sb);}for(var l=0u;l<sizes.axis;l++){let u=o+l*sizes.inner;let e=input[u];let Yf=select(e/Sb,sign(e),sizes.p==1u);output[u]=select((cotangent[u]-Yf*A)/Sb,0.,Ib==0.);}}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  'lp-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,exponent:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>norms:array<f32>;@group(0)@binding(4)var<storage,read>cotangent:array<f32>;fn Lb(ga:f32,n:f32)->f32{if(n==0.){return 1.;}if(n==1.){return ga;}if(n==2.){return ga*ga;}if(n==3.){return ga*ga*ga;}if(n==0.5){return sqrt(ga);}if(ga<=0.){return 0.;}return exp2(n*log2(ga));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let sa=sizes.outputHeight*sizes.outputWidth;if(f>=sizes.planes*sa){return;}let G=(f/sa)*sizes.height*sizes.width;let wa=i32(((f/sizes.outputWidth)%sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);let ea=i32((f%sizes.outputWidth)*sizes.strideX)-i32(sizes.padLeft);var X=0.;for(var round=0u;round<2u;round++){var A=0.;for(var va=0u;va<sizes.kernelHeight;va++){let r=wa+i32(va*sizes.dilationY);if(r<0||r>=i32(sizes.height)){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let e=ea+i32(ua*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let zb=abs(input[G+u32(r)*sizes.width+u32(e)]);if(round==0u){X=max(X,zb);}else{A+=Lb(zb/X,sizes.exponent);}}}if(X==0.){break;}if(round==1u){X=X*Lb(A,1./sizes.exponent);}}output[f]=X;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let sa=sizes.height*sizes.width;if(f>=sizes.planes*sa){return;}let G=(f/sa)*sizes.outputHeight*sizes.outputWidth;let r=(f/sizes.width)%sizes.height+sizes.padTop;let e=f%sizes.width+sizes.padLeft;let F=input[f];var A=0.;for(var va=0u;va<sizes.kernelHeight;va++){let Td=i32(r)-i32(va*sizes.dilationY);if(Td<0||Td%i32(sizes.strideY)!=0){continue;}let Oa=u32(Td)/sizes.strideY;if(Oa>=sizes.outputHeight){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let Sd=i32(e)-i32(ua*sizes.dilationX);if(Sd<0||Sd%i32(sizes.strideX)!=0){continue;}let ya=u32(Sd)/sizes.strideX;if(ya>=sizes.outputWidth){continue;}let u=G+Oa*sizes.outputWidth+ya;let Ib=norms[u];if(Ib>0.){A+=cotangent[u]*Lb(abs(F)/Ib,sizes.exponent-1.);}}}output[f]=A*sign(F);}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3, 4]] },
  },
  lrn: {
    source: `struct Sizes{count:u32,channels:u32,spatial:u32,before:u32,after:u32,factor:f32,beta:f32,bias:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>scale:array<f32>;@group(0)@binding(4)var<storage,read>givenScale:array<f32>;@group(0)@binding(5)var<storage,read>cotangent:array<f32>;fn Ld(ga:f32)->f32{if(sizes.beta==0.75){return 1./(sqrt(ga)*sqrt(sqrt(ga)));}return exp2(-sizes.beta*log2(ga));}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}let Q=(f/sizes.spatial)%sizes.channels;let C=Q-min(Q,sizes.before);let ja=min(Q+sizes.after+1u,sizes.channels);let ga=f-Q*sizes.spatial;var A=0.;for(var l=C;l<ja;l++){let e=input[ga+l*sizes.spatial];A+=e*e;}let v=sizes.bias+sizes.factor*A;scale[f]=v;output[f]=input[f]*Ld(v);}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}let Q=(f/sizes.spatial)%sizes.channels;let C=Q-min(Q,sizes.after);let ja=min(Q+sizes.before+1u,sizes.channels);let ga=f-Q*sizes.spatial;var A=0.;for(var l=C;l<ja;l++){let u=ga+l*sizes.spatial;let v=givenScale[u];A+=cotangent[u]*input[u]*Ld(v)/v;}output[f]=cotangent[f]*Ld(givenScale[f])-2.*sizes.factor*sizes.beta*input[f]*A;}`,
    uses: { forward: [[0, 1, 2, 3]], gradient: [[0, 1, 2, 4, 5]] },
  },
  'matmul-naive': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.rows*sizes.columns){return;}let D=j/sizes.columns;let W=j%sizes.columns;var na=0.;for(var l=0u;l<sizes.inner;l++){na+=a[sizes.aOffset+D*sizes.aRowStride+l*sizes.aColumnStride]*b[sizes.bOffset+l*sizes.bRowStride+W*sizes.bColumnStride];}let i=sizes.cOffset+D*sizes.cRowStride+W*sizes.cColumnStride;if(sizes.accumulate!=0u){na+=c[i];}c[i]=na;}`,
    uses: { multiply: [[0, 1, 2, 3]] },
  },
  'matmul-outer-subgroup': {
    source: `enable subgroups;struct Sizes{rows:u32,columns:u32,inner:u32,products:u32,factors:u32,splits:u32,innerPerSplit:u32,aOffset:u32,aStep:u32,aProduct:u32,bOffset:u32,bStep:u32,bProduct:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,cProduct:u32,accumulate:u32}const ROWS=32u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<vec4f>;@group(0)@binding(2)var<storage,read>b:array<vec4f>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@group(0)@binding(4)var<storage,read_write>cVectors:array<vec4f>;fn finishedAt(F:f32,i:u32)->f32{return F;}fn finishedVectorsAt(F:vec4f,i:u32)->vec4f{return F;}struct dc{row:u32,column:u32,product:u32,split:u32,written:u32}fn Xc(j:u32,I:u32)->dc{let jb=(sizes.columns+31u)/32u;let ie=jb*((sizes.rows+ROWS-1u)/ROWS);let bc=ie*sizes.products*sizes.splits;let R=min(j,bc-1u);let sb=R/ie;let i=R-sb*ie;let W=i%jb*32u+I*4u;let ea=select(0u,sizes.columns,j<bc);let fa=sb/sizes.products;return dc(i/jb*ROWS,W,sb-fa*sizes.products,fa,min(4u,max(ea,W)-W));}fn Wc(R:dc,I:u32)->array<vec4f,ROWS>{var t:array<vec4f,ROWS>;let C=R.split*sizes.innerPerSplit;var oc=sizes.aOffset+R.product%sizes.factors*sizes.aProduct+C*sizes.aStep+R.row/4u+I;var pc=sizes.bOffset+R.product*sizes.bProduct+C*sizes.bStep+R.column/4u;let ja=sizes.inner-min(sizes.inner,C);for(var l=0u;l<sizes.innerPerSplit;l++){let e=select(vec4f(),a[oc],l<ja);let r=select(vec4f(),b[pc],l<ja);oc+=sizes.aStep;pc+=sizes.bStep;for(var h=0u;h<ROWS;h+=4u){let ta=subgroupShuffle(e,h/4u);t[h]=fma(vec4f(ta.x),r,t[h]);t[h+1u]=fma(vec4f(ta.y),r,t[h+1u]);t[h+2u]=fma(vec4f(ta.z),r,t[h+2u]);t[h+3u]=fma(vec4f(ta.w),r,t[h+3u]);}}return t;}@compute@workgroup_size(64,1,1)fn multiply(@builtin(workgroup_id)workgroup:vec3u,@builtin(num_workgroups)L:vec3u,@builtin(local_invocation_index)Gc:u32){let I=Gc%8u;let R=Xc((workgroup.x+workgroup.y*L.x)*8u+Gc/8u,I);var mc=Wc(R,I);if(R.written==0u){return;}let step=min(sizes.rows,1u);let Ia=sizes.cOffset+(R.split*sizes.products+R.product)*sizes.cProduct+R.row*sizes.cRowStride+R.column*sizes.cColumnStride;for(var h=0u;h<min(ROWS,sizes.rows-R.row);h+=step){let ta=mc[h];for(var s=0u;s<R.written;s+=step){let i=Ia+h*sizes.cRowStride+s*sizes.cColumnStride;let F=select(ta[s],ta[s]+c[i],sizes.accumulate!=0u);c[i]=finishedAt(F,i);}}}@compute@workgroup_size(64,1,1)fn multiplyVectors(@builtin(workgroup_id)workgroup:vec3u,@builtin(num_workgroups)L:vec3u,@builtin(local_invocation_index)Gc:u32){let I=Gc%8u;let R=Xc((workgroup.x+workgroup.y*L.x)*8u+Gc/8u,I);var mc=Wc(R,I);if(R.written==0u){return;}let step=min(sizes.rows,1u);let Ia=(sizes.cOffset+(R.split*sizes.products+R.product)*sizes.cProduct+R.row*sizes.cRowStride+R.column)/4u;for(var h=0u;h<min(ROWS,sizes.rows-R.row);h+=step){let i=Ia+h*sizes.cRowStride/4u;cVectors[i]=finishedVectorsAt(mc[h],i);}}`,
    uses: { multiply: [[0, 1, 2, 3], 'finishedAt'], multiplyVectors: [[0, 1, 2, 4], 'finishedVectorsAt'] },
  },
  'matmul-outer': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,products:u32,factors:u32,splits:u32,innerPerSplit:u32,aOffset:u32,aStep:u32,aProduct:u32,bOffset:u32,bStep:u32,bProduct:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,cProduct:u32,accumulate:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<vec4f>;@group(0)@binding(2)var<storage,read>b:array<vec4f>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@group(0)@binding(4)var<storage,read_write>cVectors:array<vec4f>;fn finishedAt(F:f32,i:u32)->f32{return F;}fn finishedVectorsAt(F:vec4f,i:u32)->vec4f{return F;}struct dc{row:u32,column:u32,product:u32,split:u32}alias Sums=array<vec4f,16>;fn Xc(j:u32)->dc{let ze=(sizes.columns+511u)/512u;let Mb=(sizes.rows+7u)/8u;let W=(j/64u%ze*64u+j%64u)*8u;let R=j/(64u*ze);let sb=R/Mb;return dc(R%Mb*8u,W,sb%sizes.products,sb/sizes.products);}fn Wc(R:dc)->Sums{var t:Sums;let C=R.split*sizes.innerPerSplit;var oc=sizes.aOffset+R.product%sizes.factors*sizes.aProduct+C*sizes.aStep+R.row/4u;var pc=sizes.bOffset+R.product*sizes.bProduct+C*sizes.bStep+R.column/4u;for(var l=C;l<min(sizes.inner,C+sizes.innerPerSplit);l++){let wa=a[oc];let ib=a[oc+1u];let ea=b[pc];let za=b[pc+1u];oc+=sizes.aStep;pc+=sizes.bStep;t[0]=fma(vec4f(wa.x),ea,t[0]);t[1]=fma(vec4f(wa.x),za,t[1]);t[2]=fma(vec4f(wa.y),ea,t[2]);t[3]=fma(vec4f(wa.y),za,t[3]);t[4]=fma(vec4f(wa.z),ea,t[4]);t[5]=fma(vec4f(wa.z),za,t[5]);t[6]=fma(vec4f(wa.w),ea,t[6]);t[7]=fma(vec4f(wa.w),za,t[7]);t[8]=fma(vec4f(ib.x),ea,t[8]);t[9]=fma(vec4f(ib.x),za,t[9]);t[10]=fma(vec4f(ib.y),ea,t[10]);t[11]=fma(vec4f(ib.y),za,t[11]);t[12]=fma(vec4f(ib.z),ea,t[12]);t[13]=fma(vec4f(ib.z),za,t[13]);t[14]=fma(vec4f(ib.w),ea,t[14]);t[15]=fma(vec4f(ib.w),za,t[15]);}return t;}@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let R=Xc(g.x+g.y*(L.x*64u));if(R.split>=sizes.splits||R.column>=sizes.columns){return;}var mc=Wc(R);let step=min(sizes.rows,1u);let Ia=sizes.cOffset+(R.split*sizes.products+R.product)*sizes.cProduct+R.row*sizes.cRowStride+R.column*sizes.cColumnStride;for(var h=0u;h<min(8u,sizes.rows-R.row);h+=step){for(var s=0u;s<min(8u,sizes.columns-R.column);s+=step){let i=Ia+h*sizes.cRowStride+s*sizes.cColumnStride;let na=mc[2u*h+s/4u][s%4u];c[i]=finishedAt(select(na,na+c[i],sizes.accumulate!=0u),i);}}}@compute@workgroup_size(64,1,1)fn multiplyVectors(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let R=Xc(g.x+g.y*(L.x*64u));if(R.split>=sizes.splits||R.column>=sizes.columns){return;}var mc=Wc(R);let step=min(sizes.rows,1u);let Ia=(sizes.cOffset+(R.split*sizes.products+R.product)*sizes.cProduct+R.row*sizes.cRowStride+R.column)/4u;for(var h=0u;h<min(8u,sizes.rows-R.row);h+=step){for(var s=0u;s<min(2u,(sizes.columns-R.column)/4u);s+=step){let i=Ia+h*sizes.cRowStride/4u+s;cVectors[i]=finishedVectorsAt(mc[2u*h+s],i);}}}`,
    uses: { multiply: [[0, 1, 2, 3], 'finishedAt'], multiplyVectors: [[0, 1, 2, 4], 'finishedVectorsAt'] },
  },
  'matmul-tiled': {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}const ROWS=4u;const COLUMNS=4u;const If=ROWS/4u;const db=COLUMNS/4u;const wb=ROWS*2u;const La=COLUMNS*2u;const ba=16u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;var<workgroup>qe:array<vec4f,272>;var<workgroup>ve:array<vec4f,272>;var<workgroup>nd:array<f32,512>;fn finishedAt(F:f32,i:u32)->f32{return F;}fn write(i:u32,F:f32){if(sizes.accumulate!=0u){c[i]=F+c[i];}else{c[i]=finishedAt(F,i);}}fn Cg(C:u32,l:u32,ja:u32)->vec4f{let i=sizes.aOffset+C*sizes.aRowStride+l*sizes.aColumnStride;let step=wb*sizes.aRowStride;let ka=select(0u,sizes.rows,l<ja);return vec4f(select(0.,a[i],C<ka),select(0.,a[i+step],C+wb<ka),select(0.,a[i+2u*step],C+2u*wb<ka),select(0.,a[i+3u*step],C+3u*wb<ka));}fn Sf(C:u32,l:u32,ja:u32)->vec4f{let i=sizes.bOffset+C*sizes.bColumnStride+l*sizes.bRowStride;let step=La*sizes.bColumnStride;let Ua=select(0u,sizes.columns,l<ja);return vec4f(select(0.,b[i],C<Ua),select(0.,b[i+step],C+La<Ua),select(0.,b[i+2u*step],C+2u*La<Ua),select(0.,b[i+3u*step],C+3u*La<Ua));}@compute@workgroup_size(64,1,1)fn multiply(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)I:u32,@builtin(num_workgroups)L:vec3u){let j=workgroup.x+workgroup.y*L.x;let jb=(sizes.columns+8u*COLUMNS-1u)/(8u*COLUMNS);let Mb=(sizes.rows+8u*ROWS-1u)/(8u*ROWS);let Ec=j%jb*8u*COLUMNS;let Ub=j/jb%Mb*8u*ROWS;let fa=j/(jb*Mb);if(fa>=sizes.splits||Ub>=sizes.rows||Ec>=sizes.columns){return;}let ja=min(sizes.inner,(fa+1u)*sizes.innerPerSplit);let Ze=I/8u;let Jc=I%8u;let se=sizes.aColumnStride<=sizes.aRowStride;let te=sizes.bRowStride<=sizes.bColumnStride;var t:array<array<vec4f,db>,ROWS>;for(var C=fa*sizes.innerPerSplit;C<ja;C+=ba){for(var i=I;i<ba*wb;i+=64u){let l=select(i/wb,i%ba,se);let ma=select(i%wb,i/ba,se);qe[l*(wb+1u)+ma]=Cg(Ub+ma,C+l,ja);}for(var i=I;i<ba*La;i+=64u){let l=select(i/La,i%ba,te);let ma=select(i%La,i/ba,te);ve[l*(La+1u)+ma]=Sf(Ec+ma,C+l,ja);}workgroupBarrier();for(var l=0u;l<ba;l++){var za:array<vec4f,db>;for(var s=0u;s<db;s++){za[s]=ve[l*(La+1u)+Jc+8u*s];}for(var Ha=0u;Ha<If;Ha++){let ea=qe[l*(wb+1u)+Ze+8u*Ha];for(var d=0u;d<4u;d++){for(var s=0u;s<db;s++){t[4u*Ha+d][s]=fma(vec4f(ea[d]),za[s],t[4u*Ha+d][s]);}}}}workgroupBarrier();}let step=min(sizes.rows,1u);for(var h=0u;h<ROWS;h+=step){var aa=t[0];for(var d=1u;d<ROWS;d++){for(var s=0u;s<db;s++){aa[s]=select(aa[s],t[d][s],d==h);}}let D=Ub+Ze+8u*(h/4u)+wb*(h%4u);let o=sizes.cOffset+fa*sizes.rows*sizes.columns+D*sizes.cRowStride;for(var s=0u;s<db;s++){for(var d=0u;d<4u;d++){let W=Ec+Jc+8u*s+La*d;if(D<sizes.rows&&W<sizes.columns){write(o+W*sizes.cColumnStride,aa[s][d]);}}}}}@compute@workgroup_size(64,1,1)fn dot(@builtin(workgroup_id)workgroup:vec3u,@builtin(local_invocation_index)I:u32,@builtin(num_workgroups)L:vec3u){let W=workgroup.x+workgroup.y*L.x;if(W>=sizes.columns){return;}let o=sizes.bOffset+W*sizes.bColumnStride;var t:array<f32,ROWS>;for(var l=I;l<sizes.inner;l+=64u){let za=b[o+l*sizes.bRowStride];for(var h=0u;h<ROWS;h++){let ea=a[sizes.aOffset+min(h,sizes.rows-1u)*sizes.aRowStride+l*sizes.aColumnStride];t[h]=fma(ea,za,t[h]);}}for(var h=0u;h<ROWS;h++){nd[h*64u+I]=t[h];}workgroupBarrier();for(var yb=32u;yb>0u;yb/=2u){if(I<yb){for(var h=0u;h<ROWS;h++){nd[h*64u+I]+=nd[h*64u+I+yb];}}workgroupBarrier();}if(I<min(ROWS,sizes.rows)){write(sizes.cOffset+I*sizes.cRowStride+W*sizes.cColumnStride,nd[I*64u]);}}`,
    uses: { multiply: [[0, 1, 2, 3], 'finishedAt'], dot: [[0, 1, 2, 3], 'finishedAt'] },
  },
  matmul: {
    source: `struct Sizes{rows:u32,columns:u32,inner:u32,accumulate:u32,aOffset:u32,aRowStride:u32,aColumnStride:u32,bOffset:u32,bRowStride:u32,bColumnStride:u32,cOffset:u32,cRowStride:u32,cColumnStride:u32,splits:u32,innerPerSplit:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>a:array<f32>;@group(0)@binding(2)var<storage,read>b:array<f32>;@group(0)@binding(3)var<storage,read_write>c:array<f32>;@group(0)@binding(4)var<storage,read>partials:array<f32>;fn finishedAt(F:f32,i:u32)->f32{return F;}fn write(i:u32,F:f32){c[i]=finishedAt(select(F,F+c[i],sizes.accumulate!=0u),i);}fn Ig(D:u32,W:u32,fa:u32,t:array<array<vec4f,2>,8>){let step=min(sizes.rows,1u);for(var h=0u;h<min(8u,sizes.rows-D);h+=step){var Pa=t[0][0];var fb=t[0][1];for(var d=1u;d<8u;d++){Pa=select(Pa,t[d][0],d==h);fb=select(fb,t[d][1],d==h);}let ac=sizes.cColumnStride;let i=sizes.cOffset+fa*sizes.rows*sizes.columns+(D+h)*sizes.cRowStride+W*ac;for(var s=0u;s<min(8u,sizes.columns-W);s+=step){let yb=select(Pa,fb,(s&4u)!=0u);let Kc=select(yb.xy,yb.zw,(s&2u)!=0u);write(i+s*ac,select(Kc.x,Kc.y,(s&1u)!=0u));}}}@compute@workgroup_size(64,1,1)fn multiply(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let jb=(sizes.columns+7u)/8u;let Mb=(sizes.rows+7u)/8u;if(j>=jb*Mb*sizes.splits){return;}let W=j%jb*8u;let D=(j/jb)%Mb*8u;let fa=j/(jb*Mb);let C=fa*sizes.innerPerSplit;let ja=min(sizes.inner,C+sizes.innerPerSplit);var pe:array<u32,8>;var Cb:array<u32,8>;for(var d=0u;d<8u;d++){pe[d]=sizes.aOffset+min(D+d,sizes.rows-1u)*sizes.aRowStride;Cb[d]=sizes.bOffset+min(W+d,sizes.columns-1u)*sizes.bColumnStride;}var t:array<array<vec4f,2>,8>;for(var l=C;l<ja;l++){let Jf=l*sizes.aColumnStride;let Qb=l*sizes.bRowStride;let Pa=vec4f(b[Cb[0]+Qb],b[Cb[1]+Qb],b[Cb[2]+Qb],b[Cb[3]+Qb]);let fb=vec4f(b[Cb[4]+Qb],b[Cb[5]+Qb],b[Cb[6]+Qb],b[Cb[7]+Qb]);for(var d=0u;d<8u;d++){let e=a[pe[d]+Jf];t[d][0]+=e*Pa;t[d][1]+=e*fb;}}Ig(D,W,fa,t);}@compute@workgroup_size(64,1,1)fn multiplyVector(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.rows*sizes.columns*sizes.splits){return;}let W=j%sizes.columns;let D=(j/sizes.columns)%sizes.rows;let fa=j/(sizes.columns*sizes.rows);let C=fa*sizes.innerPerSplit;let ja=min(sizes.inner,C+sizes.innerPerSplit);var na=0.;for(var l=C;l<ja;l++){na+=a[sizes.aOffset+D*sizes.aRowStride+l*sizes.aColumnStride]*b[sizes.bOffset+l*sizes.bRowStride+W*sizes.bColumnStride];}let tg=fa*sizes.rows*sizes.columns;write(sizes.cOffset+tg+D*sizes.cRowStride+W*sizes.cColumnStride,na);}@compute@workgroup_size(64,1,1)fn reducePartials(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let Db=sizes.rows*sizes.columns;if(j>=Db){return;}var na=0.;for(var fa=0u;fa<sizes.splits;fa++){na+=partials[fa*Db+j];}write(sizes.cOffset+j/sizes.columns*sizes.cRowStride+j%sizes.columns*sizes.cColumnStride,na);}`,
    uses: {
      multiply: [[0, 1, 2, 3], 'finishedAt'],
      multiplyVector: [[0, 1, 2, 3], 'finishedAt'],
      reducePartials: [[0, 3, 4], 'finishedAt'],
    },
  },
  'max-pool': {
    source: `struct Sizes{planes:u32,height:u32,width:u32,outputHeight:u32,outputWidth:u32,kernelHeight:u32,kernelWidth:u32,strideY:u32,strideX:u32,dilationY:u32,dilationX:u32,padTop:u32,padLeft:u32,runLength:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>switches:array<i32>;@group(0)@binding(3)var<storage,read>givenSwitches:array<i32>;fn finishedAt(F:f32,i:u32)->f32{return F;}@compute@workgroup_size(64,1,1)fn maxPool(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let Zb=(sizes.outputWidth+sizes.runLength-1u)/sizes.runLength;let Z=f/Zb;let G=Z/sizes.outputHeight;if(G>=sizes.planes){return;}let C=(f-Z*Zb)*sizes.runLength;let o=G*sizes.height*sizes.width;let wa=i32((Z-G*sizes.outputHeight)*sizes.strideY)-i32(sizes.padTop);for(var ya=C;ya<min(C+sizes.runLength,sizes.outputWidth);ya++){let ea=i32(ya*sizes.strideX)-i32(sizes.padLeft);var qa=0.;var ra=-1;for(var va=0u;va<sizes.kernelHeight;va++){let r=wa+i32(va*sizes.dilationY);if(r<0||r>=i32(sizes.height)){continue;}for(var ua=0u;ua<sizes.kernelWidth;ua++){let e=ea+i32(ua*sizes.dilationX);if(e<0||e>=i32(sizes.width)){continue;}let u=r*i32(sizes.width)+e;let xe=input[o+u32(u)];if(ra<0||xe>qa){qa=xe;ra=u;}}}output[Z*sizes.outputWidth+ya]=qa;switches[Z*sizes.outputWidth+ya]=ra;}}fn Ff(o:u32,oa:u32,Md:u32,ac:u32,Da:u32)->vec2u{let C=(max(o,Md)-Md)/ac+select(0u,1u,o>=Md);return vec2u(C,min(oa/ac+1u,Da));}fn Oe(Ga:u32,Hc:u32,eb:u32)->bool{return Ga<=(Hc-1u)*eb&&(eb==1u||Ga%eb==0u);}@compute@workgroup_size(64,1,1)fn unpool(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let zc=(sizes.width+7u)/8u;let D=f/zc;if(D>=sizes.planes*sizes.height){return;}let ea=(f-D*zc)*8u;let G=D/sizes.height;let r=D-G*sizes.height;let mb=r*sizes.width;let gd=(sizes.kernelHeight-1u)*sizes.dilationY+1u;let fd=(sizes.kernelWidth-1u)*sizes.dilationX+1u;let ka=Ff(r+sizes.padTop,r+sizes.padTop,gd,sizes.strideY,sizes.outputHeight);let C=ea+sizes.padLeft;let Ua=Ff(C,C+7u,fd,sizes.strideX,sizes.outputWidth);var Pa=vec4f();var fb=vec4f();for(var Oa=ka.x;Oa<ka.y;Oa++){if(!Oe(r+sizes.padTop-Oa*sizes.strideY,sizes.kernelHeight,sizes.dilationY)){continue;}let o=(G*sizes.outputHeight+Oa)*sizes.outputWidth;for(var ya=Ua.x;ya<Ua.y;ya++){let W=u32(givenSwitches[o+ya])-mb;let Ga=W+sizes.padLeft-ya*sizes.strideX;if(W<sizes.width&&Oe(Ga,sizes.kernelWidth,sizes.dilationX)){let I=vec4u(W-ea);let F=vec4f(input[o+ya]);Pa+=select(vec4f(),F,I==vec4u(0u,1u,2u,3u));fb+=select(vec4f(),F,I==vec4u(4u,5u,6u,7u));}}}let i=G*sizes.height*sizes.width+mb+ea;for(var d=0u;d<min(8u,sizes.width-ea);d++){let yb=select(Pa,fb,d>=4u);let Kc=select(yb.xy,yb.zw,(d&2u)!=0u);output[i+d]=finishedAt(select(Kc.x,Kc.y,(d&1u)!=0u),i+d);}}@compute@workgroup_size(64,1,1)fn poolSwitch(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;let sa=sizes.outputHeight*sizes.outputWidth;if(f>=sizes.planes*sa){return;}let ra=givenSwitches[f];if(ra<0){output[f]=0.;}else{output[f]=input[(f/sa)*sizes.height*sizes.width+u32(ra)];}}`,
    uses: { maxPool: [[0, 1, 2, 3]], unpool: [[0, 1, 2, 4], 'finishedAt'], poolSwitch: [[0, 1, 2, 4]] },
  },
  pad: {
    source: `struct Sizes{count:u32,inner:u32,size:u32,padded:u32,before:i32,value:u32}const MODE=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@group(0)@binding(2)var<storage,read_write>sum:array<f32>;fn Hb(e:i32,tb:i32)->i32{return((e%tb)+tb)%tb;}fn de(i:i32)->i32{let N=i32(sizes.size);if(i>=0&&i<N){return i;}if(MODE==0u||N==0){return-1;}if(MODE==1u){let tb=max(2*(N-1),1);let lf=Hb(i,tb);return min(lf,tb-lf)%N;}if(MODE==2u){return clamp(i,0,N-1);}return Hb(i,N);}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}let f=d%sizes.inner;let i=i32((d/sizes.inner)%sizes.padded)-sizes.before;let P=d/(sizes.inner*sizes.padded);let yf=de(i);if(yf<0){output[d]=sizes.value;}else{output[d]=input[(P*sizes.size+u32(yf))*sizes.inner+f];}}fn Vc(o:u32,C:i32,step:i32,ja:i32)->f32{var A=0.;for(var n=C;n<ja;n+=step){if(n>=0){A+=cotangent[o+u32(n)*sizes.inner];}}return A;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.count){return;}let f=d%sizes.inner;let Q=i32((d/sizes.inner)%sizes.size);let P=d/(sizes.inner*sizes.size);let o=P*sizes.padded*sizes.inner+f;let N=i32(sizes.size);let wc=i32(sizes.padded);let cb=Q+sizes.before;if(MODE==0u){sum[d]=Vc(o,cb,1,min(cb+1,wc));}else if(MODE==1u){let tb=max(2*(N-1),1);var A=Vc(o,Hb(cb,tb),tb,wc);if(Q>0&&Q<N-1){A+=Vc(o,Hb(sizes.before-Q,tb),tb,wc);}sum[d]=A;}else if(MODE==2u){let C=select(max(cb,0),0,Q==0);let ja=select(min(cb+1,wc),wc,Q==N-1);sum[d]=Vc(o,C,1,ja);}else{sum[d]=Vc(o,Hb(cb,N),N,wc);}}`,
    uses: { forward: [[0, 1, 3]], gradient: [[0, 2, 4]] },
  },
  'reduce-max-gradient': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>cotangent:array<f32>;@group(0)@binding(2)var<storage,read>positions:array<i32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var l=0u;var h=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let I=(O-1u)%4u;let N=sizes.outputSize[E][I];let ra=U%N;U=U/N;l+=ra*sizes.keptStride[E][I];h+=ra*sizes.reducedStride[E][I];}output[f]=select(0.,cotangent[l],positions[l]==i32(h));}`,
    uses: { main: [[0, 1, 2, 3]] },
  },
  'reduce-product': {
    source: `struct Sizes{kept:u32,reduced:u32,keptRank:u32,reducedRank:u32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read>cotangent:array<f32>;fn tc(l:u32)->u32{var U=l;var Ga=0u;for(var O=sizes.keptRank;O>0u;O--){let E=(O-1u)/4u;let I=(O-1u)%4u;let N=sizes.keptSize[E][I];Ga+=(U%N)*sizes.keptStride[E][I];U=U/N;}return Ga;}fn od(D:u32)->u32{var U=D;var Ga=0u;for(var O=sizes.reducedRank-1u;O>0u;O--){let E=(O-1u)/4u;let I=(O-1u)%4u;let N=sizes.reducedSize[E][I];Ga+=(U%N)*sizes.reducedStride[E][I];U=U/N;}return Ga;}fn lc(h:u32)->u32{let oa=sizes.reducedRank-1u;let Fb=sizes.reducedSize[oa/4u][oa%4u];return od(h/Fb)+(h%Fb)*sizes.reducedStride[oa/4u][oa%4u];}@compute@workgroup_size(64,1,1)fn forward(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let l=g.x+g.y*m.x*64u;if(l>=sizes.kept){return;}let ga=tc(l);var A=1.;for(var h=0u;h<sizes.reduced;h++){A*=input[ga+lc(h)];}output[l]=A;}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.kept*sizes.reduced){return;}let l=f/sizes.reduced;let cb=f%sizes.reduced;let ga=tc(l);var A=cotangent[l];for(var h=0u;h<sizes.reduced;h++){if(h!=cb){A*=input[ga+lc(h)];}}output[ga+lc(cb)]=A;}`,
    uses: { forward: [[0, 1, 2]], gradient: [[0, 1, 2, 3]] },
  },
  reduce: {
    source: `const TERM=0u;const FINISH=0u;const CHOICE=0u;struct Sizes{kept:u32,reduced:u32,splits:u32,perSplit:u32,keptRank:u32,reducedRank:u32,scale:f32,bottom:f32,keptSize:array<vec4u,2>,keptStride:array<vec4u,2>,reducedSize:array<vec4u,2>,reducedStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read_write>output:array<f32>;@group(0)@binding(3)var<storage,read_write>positions:array<i32>;fn tc(l:u32)->u32{var U=l;var Ga=0u;for(var O=sizes.keptRank;O>0u;O--){let E=(O-1u)/4u;let I=(O-1u)%4u;let N=sizes.keptSize[E][I];Ga+=(U%N)*sizes.keptStride[E][I];U=U/N;}return Ga;}fn od(D:u32)->u32{var U=D;var Ga=0u;for(var O=sizes.reducedRank-1u;O>0u;O--){let E=(O-1u)/4u;let I=(O-1u)%4u;let N=sizes.reducedSize[E][I];Ga+=(U%N)*sizes.reducedStride[E][I];U=U/N;}return Ga;}fn lc(h:u32)->u32{let oa=sizes.reducedRank-1u;let Fb=sizes.reducedSize[oa/4u][oa%4u];return od(h/Fb)+(h%Fb)*sizes.reducedStride[oa/4u][oa%4u];}fn Jg(e:f32)->f32{if(TERM==0u){return e;}if(TERM==1u){return abs(e);}return e*e;}fn Bg(A:f32)->f32{if(FINISH==0u){return A;}if(FINISH==1u){return sqrt(A);}return select(log(A),sizes.bottom,A==0.);}fn ng(e:f32,qa:f32)->bool{if(CHOICE==0u){return e>qa;}if(CHOICE==1u){return e<qa;}if(CHOICE==2u){return e>=qa;}return e<=qa;}@compute@workgroup_size(64,1,1)fn sum(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.kept*sizes.splits){return;}let o=(f%sizes.splits)*sizes.perSplit;let ja=min(o+sizes.perSplit,sizes.reduced);let ga=tc(f/sizes.splits);let oa=sizes.reducedRank-1u;let Fb=sizes.reducedSize[oa/4u][oa%4u];let Se=sizes.reducedStride[oa/4u][oa%4u];var A=0.;var h=o;while(h<ja){let Re=h%Fb;let Hg=min(ja,h-Re+Fb);var u=ga+od(h/Fb)+Re*Se;for(;h<Hg;h++){A+=Jg(input[u]);u+=Se;}}output[f]=Bg(A*sizes.scale);}@compute@workgroup_size(64,1,1)fn extremum(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let l=g.x+g.y*m.x*64u;if(l>=sizes.kept){return;}let ga=tc(l);var qa=sizes.bottom;var ra=0u;for(var h=0u;h<sizes.reduced;h++){let e=input[ga+lc(h)];if(h==0u||ng(e,qa)){qa=e;ra=h;}}output[l]=qa;positions[l]=i32(ra);}@compute@workgroup_size(64,1,1)fn logSumExp(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let l=g.x+g.y*m.x*64u;if(l>=sizes.kept){return;}let ga=tc(l);var X=sizes.bottom;for(var h=0u;h<sizes.reduced;h++){X=max(X,input[ga+lc(h)]);}var A=0.;for(var h=0u;h<sizes.reduced;h++){A+=exp(input[ga+lc(h)]-X);}output[l]=select(X+log(A),sizes.bottom,sizes.reduced==0u||X==sizes.bottom);}`,
    uses: { sum: [[0, 1, 2]], extremum: [[0, 1, 2, 3]], logSumExp: [[0, 1, 2]] },
  },
  resample: {
    source: `struct Sizes{count:u32,inner:u32,inputAxis:u32,outputAxis:u32,fill:f32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>spans:array<i32>;@group(0)@binding(3)var<storage,read>weights:array<f32>;@group(0)@binding(4)var<storage,read_write>output:array<f32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.count){return;}let f=H%sizes.inner;let l=(H/sizes.inner)%sizes.outputAxis;let P=H/(sizes.inner*sizes.outputAxis);let o=spans[3u*l];var A=sizes.fill;if(o>=0){A=0.;let K=u32(spans[3u*l+1u]);let C=u32(spans[3u*l+2u]);var u=(P*sizes.inputAxis+u32(o))*sizes.inner+f;for(var d=0u;d<K;d++){A+=weights[C+d]*input[u];u+=sizes.inner;}}output[H]=A;}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
  'row-norm': {
    source: `struct Sizes{rows:u32,size:u32,affineInner:u32,affineCount:u32,epsilon:f32,center:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>mean:array<f32>;@group(0)@binding(3)var<storage,read>inverse:array<f32>;@group(0)@binding(4)var<storage,read>scale:array<f32>;@group(0)@binding(5)var<storage,read>shift:array<f32>;@group(0)@binding(6)var<storage,read_write>output:array<f32>;@group(0)@binding(7)var<storage,read>variance:array<f32>;@compute@workgroup_size(64,1,1)fn invert(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let h=g.x+g.y*m.x*64u;if(h>=sizes.rows){return;}let Fg=select(mean[h]*mean[h],0.,sizes.center==1u);output[h]=1./sqrt(variance[h]+Fg+sizes.epsilon);}fn fe(H:u32)->f32{let h=H/sizes.size;return(input[H]-select(0.,mean[h],sizes.center==1u))*inverse[h];}@compute@workgroup_size(64,1,1)fn plain(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.rows*sizes.size){return;}output[H]=fe(H);}@compute@workgroup_size(64,1,1)fn scaled(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.rows*sizes.size){return;}output[H]=fe(H)*scale[(H/sizes.affineInner)%sizes.affineCount];}@compute@workgroup_size(64,1,1)fn affine(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let H=g.x+g.y*m.x*64u;if(H>=sizes.rows*sizes.size){return;}let B=(H/sizes.affineInner)%sizes.affineCount;output[H]=fe(H)*scale[B]+shift[B];}`,
    uses: {
      invert: [[0, 2, 6, 7]],
      plain: [[0, 1, 2, 3, 6]],
      scaled: [[0, 1, 2, 3, 4, 6]],
      affine: [[0, 1, 2, 3, 4, 5, 6]],
    },
  },
  rows: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32,k:u32,exclusive:u32,reverse:u32,onValue:f32,offValue:f32}const LARGEST=1u;const INTEGER=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>values:array<u32>;@group(0)@binding(3)var<storage,read_write>indices:array<i32>;@group(0)@binding(3)var<storage,read>givenIndices:array<i32>;fn mb(D:u32,O:u32)->u32{return(D/sizes.inner)*O*sizes.inner+D%sizes.inner;}fn qg(Ta:u32)->u32{var qb=Ta^0x80000000u;if(INTEGER==0u){let zb=Ta&0x7fffffffu;if(zb>0x7f800000u){qb=0xffffffffu;}else if(zb==0u){qb=0x80000000u;}else if(Ta>0x80000000u){qb=~Ta;}else{qb=Ta|0x80000000u;}}return select(~qb,qb,LARGEST==1u);}@compute@workgroup_size(64,1,1)fn topK(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D,sizes.axis);let C=mb(D,sizes.k);var Zd=0xffffffffu;var af=-1;for(var q=0u;q<sizes.k;q++){var Fd=0u;var qa=-1;for(var B=0u;B<sizes.axis;B++){let qb=qg(input[o+B*sizes.inner]);let Tf=qb<Zd||(qb==Zd&&i32(B)>af);if(Tf&&(qa<0||qb>Fd)){Fd=qb;qa=i32(B);}}values[C+q*sizes.inner]=input[o+u32(max(qa,0))*sizes.inner];indices[C+q*sizes.inner]=qa;Zd=Fd;af=qa;}}@compute@workgroup_size(64,1,1)fn cumSum(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D,sizes.axis);var A=0.;var Da=0;for(var xa=0u;xa<sizes.axis;xa++){let u=o+select(xa,sizes.axis-1u-xa,sizes.reverse==1u)*sizes.inner;let Pf=select(bitcast<u32>(A),bitcast<u32>(Da),INTEGER==1u);A+=bitcast<f32>(input[u]);Da+=bitcast<i32>(input[u]);let Lf=select(bitcast<u32>(A),bitcast<u32>(Da),INTEGER==1u);values[u]=select(Lf,Pf,sizes.exclusive==1u);}}@compute@workgroup_size(64,1,1)fn hardmax(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D,sizes.axis);var qa=0u;for(var B=1u;B<sizes.axis;B++){if(bitcast<f32>(input[o+B*sizes.inner])>bitcast<f32>(input[o+qa*sizes.inner])){qa=B;}}for(var B=0u;B<sizes.axis;B++){values[o+B*sizes.inner]=bitcast<u32>(select(0.,1.,B==qa));}}@compute@workgroup_size(64,1,1)fn oneHot(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let d=g.x+g.y*m.x*64u;if(d>=sizes.rows*sizes.axis){return;}let v=i32((d/sizes.inner)%sizes.axis);let j=givenIndices[(d/(sizes.inner*sizes.axis))*sizes.inner+d%sizes.inner];let pg=j==v||j==v-i32(sizes.axis);values[d]=bitcast<u32>(select(sizes.offValue,sizes.onValue,pg));}`,
    uses: { topK: [[0, 1, 2, 3]], cumSum: [[0, 1, 2]], hardmax: [[0, 1, 2]], oneHot: [[0, 2, 4]] },
  },
  sgd: {
    source: `struct Sizes{count:u32,momentum:f32,weightDecay:f32,nesterov:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read_write>gradient:array<vec4f>;@group(0)@binding(2)var<storage,read>learningRate:array<f32>;@group(0)@binding(3)var<storage,read_write>parameter:array<vec4f>;@group(0)@binding(4)var<storage,read_write>velocity:array<vec4f>;@group(0)@binding(5)var<storage,read>places:array<u32>;const Dd=4u;const Ed=4u;fn Yc(Ud:u32,Lc:u32,Df:u32){let n=parameter[Lc];let v=gradient[Ud]+sizes.weightDecay*n;let s=sizes.momentum*velocity[Df]+v;velocity[Df]=s;parameter[Lc]=n-learningRate[0]*select(s,v+sizes.momentum*s,sizes.nesterov==1u);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}Yc(f,f,f);}@compute@workgroup_size(64,1,1)fn many(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let i=Dd*(g.x/64u+g.y*m.x);if(i>=arrayLength(&places)){return;}let Da=places[i+3u];for(var round=0u;round<Ed;round++){let f=round*64u+g.x%64u;if(f<Da){Yc(places[i]+f,places[i+1u]+f,places[i+2u]+f);}}}`,
    uses: { main: [[0, 1, 2, 3, 4]], many: [[0, 1, 2, 3, 4, 5]] },
  },
  softmax: {
    source: `struct Sizes{rows:u32,axis:u32,inner:u32}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<f32>;@group(0)@binding(2)var<storage,read>cotangent:array<f32>;@group(0)@binding(3)var<storage,read_write>output:array<f32>;fn mb(D:u32)->u32{return(D/sizes.inner)*sizes.axis*sizes.inner+D%sizes.inner;}fn Qc(o:u32)->f32{var qa=input[o];for(var B=1u;B<sizes.axis;B++){qa=max(qa,input[o+B*sizes.inner]);}return qa;}fn Rc(o:u32,X:f32)->f32{var A=0.;for(var B=0u;B<sizes.axis;B++){A+=exp(input[o+B*sizes.inner]-X);}return A;}@compute@workgroup_size(64,1,1)fn softmax(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D);let X=Qc(o);let A=Rc(o,X);for(var B=0u;B<sizes.axis;B++){let u=o+B*sizes.inner;output[u]=exp(input[u]-X)/A;}}@compute@workgroup_size(64,1,1)fn logSoftmax(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D);let X=Qc(o);let rg=log(Rc(o,X));for(var B=0u;B<sizes.axis;B++){let u=o+B*sizes.inner;output[u]=input[u]-X-rg;}}@compute@workgroup_size(64,1,1)fn softmaxGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D);var A=0.;for(var B=0u;B<sizes.axis;B++){let u=o+B*sizes.inner;A+=cotangent[u]*input[u];}for(var B=0u;B<sizes.axis;B++){let u=o+B*sizes.inner;output[u]=input[u]*(cotangent[u]-A);}}@compute@workgroup_size(64,1,1)fn logSoftmaxGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let D=g.x+g.y*m.x*64u;if(D>=sizes.rows){return;}let o=mb(D);var A=0.;for(var B=0u;B<sizes.axis;B++){A+=cotangent[o+B*sizes.inner];}for(var B=0u;B<sizes.axis;B++){let u=o+B*sizes.inner;output[u]=cotangent[u]-exp(input[u])*A;}}`,
    uses: {
      softmax: [[0, 1, 3]],
      logSoftmax: [[0, 1, 3]],
      softmaxGradient: [[0, 1, 2, 3]],
      logSoftmaxGradient: [[0, 1, 2, 3]],
    },
  },
  'strided-copy': {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,inputStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<u32>;@group(0)@binding(2)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var j=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let N=sizes.outputSize[E][h];j+=(U%N)*sizes.inputStride[E][h];U=U/N;}output[f]=input[j];}`,
    uses: { main: [[0, 1, 2]] },
  },
  trigonometry: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn yc(e:f32)->vec2f{let wd=round(e*0.636619772);let h=fma(wd,-7.54978995489188216e-8,fma(wd,-4.837512969970703125e-4,fma(wd,-1.5703125,e)));let J=h*h;let da=h+h*J*((-1.9515295891e-4*J+8.3321608736e-3)*J-1.6666654611e-1);let Q=1.-0.5*J+J*J*((2.443315711809948e-5*J-1.388731625493765e-3)*J+4.166664568298827e-2);let Yb=i32(wd)&3;let ud=select(vec2f(da,Q),vec2f(Q,da),(Yb&1)==1);return vec2f(select(ud.x,-ud.x,Yb>=2),select(ud.y,-ud.y,Yb==1||Yb==2));}fn sd(e:f32)->f32{let J=e*e;var n=4.2163199048e-2;n=n*J+2.4181311049e-2;n=n*J+4.5470025998e-2;n=n*J+7.4953002686e-2;return e+e*J*(n*J+1.6666752422e-1);}fn Nf(e:f32)->f32{let J=abs(e);if(J<=0.5){return sd(e);}return sign(e)*(1.57079633-2.*sd(sqrt(0.5*(1.-J))));}fn Mf(e:f32)->f32{let J=abs(e);if(J<=0.5){return 1.57079633-sd(e);}let vf=2.*sd(sqrt(0.5*(1.-J)));return select(3.14159265-vf,vf,e>0.);}fn Of(e:f32)->f32{let J=abs(e);var Ga=0.;var r=J;if(J>2.41421356){Ga=1.57079633;r=-1./J;}else if(J>0.41421356){Ga=0.78539816;r=(J-1.)/(J+1.);}let da=r*r;let n=((8.05374449538e-2*da-1.38776856032e-1)*da+1.99777106478e-1)*da-3.33329491539e-1;return sign(e)*(Ga+(r+r*da*n));}fn Qe(e:f32)->f32{let J=abs(e);if(J<1.){let da=e*e;return e+e*da*((2.03721912945e-4*da+8.33028376239e-3)*da+1.66667160211e-1);}let H=exp(0.5*J);return sign(e)*(0.5*H*H-0.5/(H*H));}fn Pe(e:f32)->f32{let H=exp(0.5*abs(e));return 0.5*H*H+0.5/(H*H);}fn lg(e:f32)->f32{let J=abs(e);if(J<0.5){let da=e*e;let n=(2.0122003309e-2*da-4.2699340972e-2)*da+7.4847586088e-2;return e+e*da*(n*da-1.6666288134e-1);}if(J>1500.){return sign(e)*(log(J)+0.69314718);}return sign(e)*log(J+sqrt(J*J+1.));}fn kg(e:f32)->f32{let J=e-1.;if(J<0.5){let n=((1.7596881071e-3*J-7.5272886713e-3)*J+2.6454905019e-2)*J-1.1784741703e-1;return sqrt(J)*(n*J+1.4142135263);}if(e>1500.){return log(e)+0.69314718;}return log(e+sqrt(J*(e+1.)));}fn mg(e:f32)->f32{let J=abs(e);if(J<0.5){let da=e*e;var n=1.81740078349e-1;n=n*da+8.24370301058e-2;n=n*da+1.46691431730e-1;n=n*da+1.99782164500e-1;return e+e*da*(n*da+3.33337300303e-1);}return sign(e)*0.5*log((1.+J)/(1.-J));}fn F(e:f32)->f32{if(OPERATION==0u){return yc(e).x;}if(OPERATION==1u){return yc(e).y;}if(OPERATION==2u){let we=yc(e);return we.x/we.y;}if(OPERATION==3u){return Nf(e);}if(OPERATION==4u){return Mf(e);}if(OPERATION==5u){return Of(e);}if(OPERATION==6u){return Qe(e);}if(OPERATION==7u){return Pe(e);}if(OPERATION==8u){return lg(e);}if(OPERATION==9u){return kg(e);}return mg(e);}fn Ea(e:f32)->f32{if(OPERATION==0u){return yc(e).y;}if(OPERATION==1u){return-yc(e).x;}if(OPERATION==2u){let Q=yc(e).y;return 1./(Q*Q);}if(OPERATION==3u){return 1./sqrt((1.-e)*(1.+e));}if(OPERATION==4u){return-1./sqrt((1.-e)*(1.+e));}if(OPERATION==5u){return 1./(1.+e*e);}if(OPERATION==6u){return Pe(e);}if(OPERATION==7u){return Qe(e);}if(OPERATION==8u){return 1./sqrt(1.+e*e);}if(OPERATION==9u){return 1./sqrt((e-1.)*(e+1.));}return 1./((1.-e)*(1.+e));}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=vec4f(F(e.x),F(e.y),F(e.z),F(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=cotangent[f]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  unary: {
    source: `struct Sizes{count:u32,alpha:f32,beta:f32}const OPERATION=0u;@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>input:array<vec4f>;@group(0)@binding(2)var<storage,read>cotangent:array<vec4f>;@group(0)@binding(3)var<storage,read_write>output:array<vec4f>;fn cg(e:f32)->f32{let J=abs(e);if(J<1.){let da=e*e;var n=7.853861353153693e-5;n=n*da-8.010193625184903e-4;n=n*da+5.188327685732524e-3;n=n*da-2.685381193529856e-2;n=n*da+1.128358514861418e-1;n=n*da-3.761262582423300e-1;return e*(n*da+1.128379165726710);}let d=1./(1.+0.3275911*J);let n=(((1.061405429*d-1.453152027)*d+1.421413741)*d-0.284496736)*d+0.254829592;return sign(e)*(1.-n*d*exp(-J*J));}fn F(e:f32)->f32{if(OPERATION==0u){return max(e,0.);}if(OPERATION==1u){return sizes.alpha*e;}if(OPERATION==2u){return abs(e);}if(OPERATION==3u){return sign(e);}if(OPERATION==4u){return floor(e);}if(OPERATION==5u){return ceil(e);}if(OPERATION==6u){return round(e);}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return select(log(e),sizes.alpha,e==0.);}if(OPERATION==9u){return sqrt(e);}if(OPERATION==10u){return 1./e;}return cg(e);}fn Ea(e:f32)->f32{if(OPERATION==0u){return select(0.,1.,e>0.);}if(OPERATION==1u){return sizes.alpha;}if(OPERATION==2u){return sign(e);}if(OPERATION<7u){return 0.;}if(OPERATION==7u){return exp(e);}if(OPERATION==8u){return 1./e;}if(OPERATION==9u){return 0.5/sqrt(e);}if(OPERATION==10u){return-1./(e*e);}return 1.1283791671*exp(-e*e);}@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=vec4f(F(e.x),F(e.y),F(e.z),F(e.w));}@compute@workgroup_size(64,1,1)fn gradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f*4u>=sizes.count){return;}let e=input[f];output[f]=cotangent[f]*vec4f(Ea(e.x),Ea(e.y),Ea(e.z),Ea(e.w));}`,
    uses: { main: [[0, 1, 3]], gradient: [[0, 1, 2, 3]] },
  },
  where: {
    source: `struct Sizes{count:u32,rank:u32,outputSize:array<vec4u,2>,conditionStride:array<vec4u,2>,aStride:array<vec4u,2>,bStride:array<vec4u,2>}@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>condition:array<i32>;@group(0)@binding(2)var<storage,read>a:array<u32>;@group(0)@binding(3)var<storage,read>b:array<u32>;@group(0)@binding(4)var<storage,read_write>output:array<u32>;@compute@workgroup_size(64,1,1)fn main(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)m:vec3u){let f=g.x+g.y*m.x*64u;if(f>=sizes.count){return;}var U=f;var Ae=0u;var ob=0u;var pb=0u;for(var O=sizes.rank;O>0u;O--){let E=(O-1u)/4u;let h=(O-1u)%4u;let N=sizes.outputSize[E][h];let ra=U%N;U=U/N;Ae+=ra*sizes.conditionStride[E][h];ob+=ra*sizes.aStride[E][h];pb+=ra*sizes.bStride[E][h];}output[f]=select(b[pb],a[ob],condition[Ae]!=0);}`,
    uses: { main: [[0, 1, 2, 3, 4]] },
  },
  winograd: {
    source: `struct Sizes{planes:u32,height:u32,width:u32,padTop:i32,padLeft:i32,tileRows:u32,tileColumns:u32,firstTile:u32,tiles:u32,tileStride:u32,planeStride:u32,frequencyStride:u32,rows:u32,columns:u32,rowStride:u32,kernelRowStride:u32,kernelColumnStride:u32,flip:u32,splits:u32}const TILE=6u;const KERNEL=3u;const COTANGENT=0u;const Ra=TILE-KERNEL+1u;const Bd=select(TILE,Ra,COTANGENT==1u);@group(0)@binding(0)var<uniform>sizes:Sizes;@group(0)@binding(1)var<storage,read>image:array<f32>;@group(0)@binding(2)var<storage,read_write>transformed:array<f32>;@group(0)@binding(3)var<storage,read>kernel:array<f32>;@group(0)@binding(4)var<storage,read>productVectors:array<vec4f>;@group(0)@binding(5)var<storage,read_write>output:array<f32>;@group(0)@binding(6)var<storage,read>products:array<f32>;@group(0)@binding(7)var<storage,read_write>kernelGradient:array<f32>;alias Line=array<f32,8>;alias LineVectors=array<vec4f,8>;fn finished(F:f32,M:u32,i:u32)->f32{return F;}fn jg(v:Line)->Line{if(TILE==6u){let Ma=v[4]-2.25*v[2];let Va=0.75*(v[3]-2.25*v[1]);let Na=v[4]-0.5625*v[2];let Wa=1.5*(v[3]-0.5625*v[1]);let ad=v[4]-2.8125*v[2]+1.265625*v[0];let Wd=v[5]-2.8125*v[3]+1.265625*v[1];return Line(ad,Ma+Va,Ma-Va,Na+Wa,Na-Wa,Wd,0.,0.);}let Ma=v[6]-5.*v[4]+4.*v[2];let Va=0.5*(v[5]-5.*v[3]+4.*v[1]);let Na=v[6]-4.25*v[4]+v[2];let Wa=v[5]-4.25*v[3]+v[1];let Eb=v[6]-1.25*v[4]+0.25*v[2];let Xb=2.*(v[5]-1.25*v[3]+0.25*v[1]);let ad=v[6]-v[0]+5.25*(v[2]-v[4]);let Wd=v[7]-v[1]+5.25*(v[3]-v[5]);return Line(ad,Ma+Va,Ma-Va,Na+Wa,Na-Wa,Eb+Xb,Eb-Xb,Wd);}fn Xd(ha:Line,K:u32)->Line{if(TILE==6u){let Ma=(ha[0]+0.5625*ha[2]+0.31640625*ha[4])*(-128./243.);let Va=(ha[1]+0.5625*ha[3])*(-96./243.);let Na=(ha[0]+2.25*ha[2]+5.0625*ha[4])*(32./243.);let Wa=(ha[1]+2.25*ha[3])*(48./243.);let ad=ha[0]*(64./81.);return Line(ad,Ma+Va,Ma-Va,Na+Wa,Na-Wa,ha[K-1u],0.,0.);}let Ma=(ha[0]+0.25*ha[2]+0.0625*ha[4])*(32./45.);let Va=(ha[1]+0.25*ha[3])*(16./45.);let Na=(ha[0]+ha[2]+ha[4])*(-2./9.);let Wa=(ha[1]+ha[3])*(-2./9.);let Eb=(ha[0]+4.*ha[2]+16.*ha[4])*(1./90.);let Xb=(ha[1]+4.*ha[3])*(1./45.);return Line(-ha[0],Ma+Va,Ma-Va,Na+Wa,Na-Wa,Eb+Xb,Eb-Xb,ha[K-1u]);}fn Cf(Z:Line)->Line{if(COTANGENT==1u){return Xd(Z,Ra);}return jg(Z);}fn id(d:LineVectors,la:u32)->LineVectors{let Ma=d[1]+d[2];let Va=d[1]-d[2];let Na=d[3]+d[4];let Wa=d[3]-d[4];var r:LineVectors;if(TILE==6u){r[0]=d[0]+Ma+Na;r[1]=0.75*Va+1.5*Wa;r[2]=0.5625*Ma+2.25*Na;r[3]=0.421875*Va+3.375*Wa;r[4]=0.31640625*Ma+5.0625*Na;}else{let Eb=d[5]+d[6];let Xb=d[5]-d[6];r[0]=d[0]+Ma+Na+Eb;r[1]=0.5*Va+Wa+2.*Xb;r[2]=0.25*Ma+Na+4.*Eb;r[3]=0.125*Va+Wa+8.*Xb;r[4]=0.0625*Ma+Na+16.*Eb;}r[la-1u]+=d[TILE-1u];return r;}struct zd{picture:u32,row:u32,column:u32}fn Be(R:u32)->zd{let ff=sizes.firstTile+R;let Z=ff/sizes.tileColumns;let Mc=Z/sizes.tileRows;let D=(Z-Mc*sizes.tileRows)*Ra;return zd(Mc,D,(ff-Z*sizes.tileColumns)*Ra);}fn xg(j:u32)->vec2u{let length=select(sizes.planes,sizes.tiles,sizes.tileStride==1u);let pa=j/length;let u=vec2u(pa,j-pa*length);return select(u.yx,u,sizes.tileStride==1u);}@compute@workgroup_size(64,1,1)fn transformTiles(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.planes*sizes.tiles){return;}let u=xg(j);let Ia=Be(u.y);let G=(Ia.picture*sizes.planes+u.x)*sizes.height;let ea=u32(i32(Ia.column)-sizes.padLeft);let step=min(sizes.planes,1u);var rb:array<f32,64>;for(var f=0u;f<Bd;f+=step){let D=u32(i32(Ia.row+f)-sizes.padTop);let Ca=select(0u,sizes.width,D<sizes.height);let o=(G+D)*sizes.width;var Z:Line;for(var q=0u;q<Bd;q++){Z[q]=select(0.,image[o+ea+q],ea+q<Ca);}let kc=Cf(Z);for(var q=0u;q<TILE;q++){rb[f*TILE+q]=kc[q];}}let i=u.x*sizes.planeStride+u.y*sizes.tileStride;for(var q=0u;q<TILE;q+=step){var Z:Line;for(var f=0u;f<Bd;f++){Z[f]=rb[f*TILE+q];}let kc=Cf(Z);for(var f=0u;f<TILE;f++){transformed[i+(f*TILE+q)*sizes.frequencyStride]=kc[f];}}}@compute@workgroup_size(64,1,1)fn transformKernel(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.rows*sizes.rowStride){return;}let D=j/sizes.rowStride;let W=j-D*sizes.rowStride;if(W>=sizes.columns){return;}let o=D*sizes.kernelRowStride+W*sizes.kernelColumnStride;let step=min(sizes.rows,1u);var rb:array<f32,64>;for(var f=0u;f<KERNEL;f+=step){var Z:Line;for(var q=0u;q<KERNEL;q++){let ia=f*KERNEL+q;Z[q]=kernel[o+select(ia,KERNEL*KERNEL-1u-ia,sizes.flip!=0u)];}let kc=Xd(Z,KERNEL);for(var q=0u;q<TILE;q++){rb[f*TILE+q]=kc[q];}}for(var q=0u;q<TILE;q+=step){var Z:Line;for(var f=0u;f<KERNEL;f++){Z[f]=rb[f*TILE+q];}let kc=Xd(Z,KERNEL);for(var f=0u;f<TILE;f++){transformed[j+(f*TILE+q)*sizes.frequencyStride]=kc[f];}}}@compute@workgroup_size(64,1,1)fn transformOutput(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);let fc=(sizes.tiles+3u)/4u;if(j>=sizes.planes*fc){return;}let M=j/fc;let Od=(j-M*fc)*4u;let i=(M*sizes.planeStride+Od)/4u;let step=min(sizes.planes,1u);var rb:array<vec4f,64>;for(var q=0u;q<TILE;q+=step){var Z:LineVectors;for(var f=0u;f<TILE;f+=step){Z[f]=productVectors[i+(f*TILE+q)*(sizes.frequencyStride/4u)];}let aa=id(Z,Ra);for(var f=0u;f<Ra;f++){rb[f*TILE+q]=aa[f];}}var Rb:array<zd,4>;for(var d=0u;d<4u;d+=step){Rb[d]=Be(Od+d);}for(var f=0u;f<Ra;f+=step){var Z:LineVectors;for(var q=0u;q<TILE;q++){Z[q]=rb[f*TILE+q];}var aa=id(Z,Ra);for(var d=0u;d<min(4u,sizes.tiles-Od);d+=step){let Ia=Rb[d];let D=Ia.row+f;let o=((Ia.picture*sizes.planes+M)*sizes.height+D)*sizes.width+Ia.column;let Da=select(0u,min(Ra,sizes.width-Ia.column),D<sizes.height);for(var q=0u;q<Da;q+=step){output[o+q]=finished(aa[q][d],M,o+q);}}}}@compute@workgroup_size(64,1,1)fn transformKernelGradient(@builtin(global_invocation_id)g:vec3u,@builtin(num_workgroups)L:vec3u){let j=g.x+g.y*(L.x*64u);if(j>=sizes.rows*sizes.columns){return;}let D=j/sizes.columns;let i=D*sizes.rowStride+j-D*sizes.columns;let step=min(sizes.rows,1u);var rb:array<f32,64>;for(var q=0u;q<TILE;q+=step){var Z:LineVectors;for(var f=0u;f<TILE;f++){var na=0.;for(var fa=0u;fa<sizes.splits;fa++){na+=products[i+((fa*TILE+f)*TILE+q)*sizes.frequencyStride];}Z[f]=vec4f(na);}let aa=id(Z,KERNEL);for(var f=0u;f<KERNEL;f++){rb[f*TILE+q]=aa[f].x;}}for(var f=0u;f<KERNEL;f+=step){var Z:LineVectors;for(var q=0u;q<TILE;q++){Z[q]=vec4f(rb[f*TILE+q]);}let aa=id(Z,KERNEL);for(var q=0u;q<KERNEL;q++){kernelGradient[(j*KERNEL+f)*KERNEL+q]=aa[q].x;}}}`,
    uses: {
      transformTiles: [[0, 1, 2]],
      transformKernel: [[0, 2, 3]],
      transformOutput: [[0, 4, 5], 'finished'],
      transformKernelGradient: [[0, 6, 7]],
    },
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
  'conv2d-weight-gradient-tiled/weightGradient': {
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
      pixelsPerSplit: number;
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
  'conv2d-windows/gatherWindows': {
    bindings: 'image' | 'windows';
    uniforms: {
      planes: number;
      height: number;
      width: number;
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
      firstPicture: number;
      pictures: number;
      firstChannel: number;
      channels: number;
      firstPixel: number;
      pixels: number;
      groupChannels: number;
      groupStride: number;
      tapStride: number;
      pixelStride: number;
      pictureStride: number;
      flip: number;
    };
  };
  'conv2d-windows/sumWindows': {
    bindings: 'windowCotangents' | 'imageCotangent';
    uniforms: {
      planes: number;
      height: number;
      width: number;
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
      firstPicture: number;
      pictures: number;
      firstChannel: number;
      channels: number;
      firstPixel: number;
      pixels: number;
      groupChannels: number;
      groupStride: number;
      tapStride: number;
      pixelStride: number;
      pictureStride: number;
      flip: number;
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
  'inner-rows/main': {
    bindings: 'matrix' | 'copy';
    uniforms: {
      rows: number;
      inner: number;
      matrices: number;
      offset: number;
      matrixStride: number;
      rowStride: number;
      innerStride: number;
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
  'matmul-outer-subgroup/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      products: number;
      factors: number;
      splits: number;
      innerPerSplit: number;
      aOffset: number;
      aStep: number;
      aProduct: number;
      bOffset: number;
      bStep: number;
      bProduct: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      cProduct: number;
      accumulate: number;
    };
  };
  'matmul-outer-subgroup/multiplyVectors': {
    bindings: 'a' | 'b' | 'cVectors';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      products: number;
      factors: number;
      splits: number;
      innerPerSplit: number;
      aOffset: number;
      aStep: number;
      aProduct: number;
      bOffset: number;
      bStep: number;
      bProduct: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      cProduct: number;
      accumulate: number;
    };
  };
  'matmul-outer/multiply': {
    bindings: 'a' | 'b' | 'c';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      products: number;
      factors: number;
      splits: number;
      innerPerSplit: number;
      aOffset: number;
      aStep: number;
      aProduct: number;
      bOffset: number;
      bStep: number;
      bProduct: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      cProduct: number;
      accumulate: number;
    };
  };
  'matmul-outer/multiplyVectors': {
    bindings: 'a' | 'b' | 'cVectors';
    uniforms: {
      rows: number;
      columns: number;
      inner: number;
      products: number;
      factors: number;
      splits: number;
      innerPerSplit: number;
      aOffset: number;
      aStep: number;
      aProduct: number;
      bOffset: number;
      bStep: number;
      bProduct: number;
      cOffset: number;
      cRowStride: number;
      cColumnStride: number;
      cProduct: number;
      accumulate: number;
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
      runLength: number;
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
      runLength: number;
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
      runLength: number;
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
  'winograd/transformTiles': {
    bindings: 'image' | 'transformed';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      padTop: number;
      padLeft: number;
      tileRows: number;
      tileColumns: number;
      firstTile: number;
      tiles: number;
      tileStride: number;
      planeStride: number;
      frequencyStride: number;
      rows: number;
      columns: number;
      rowStride: number;
      kernelRowStride: number;
      kernelColumnStride: number;
      flip: number;
      splits: number;
    };
  };
  'winograd/transformKernel': {
    bindings: 'transformed' | 'kernel';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      padTop: number;
      padLeft: number;
      tileRows: number;
      tileColumns: number;
      firstTile: number;
      tiles: number;
      tileStride: number;
      planeStride: number;
      frequencyStride: number;
      rows: number;
      columns: number;
      rowStride: number;
      kernelRowStride: number;
      kernelColumnStride: number;
      flip: number;
      splits: number;
    };
  };
  'winograd/transformOutput': {
    bindings: 'productVectors' | 'output';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      padTop: number;
      padLeft: number;
      tileRows: number;
      tileColumns: number;
      firstTile: number;
      tiles: number;
      tileStride: number;
      planeStride: number;
      frequencyStride: number;
      rows: number;
      columns: number;
      rowStride: number;
      kernelRowStride: number;
      kernelColumnStride: number;
      flip: number;
      splits: number;
    };
  };
  'winograd/transformKernelGradient': {
    bindings: 'products' | 'kernelGradient';
    uniforms: {
      planes: number;
      height: number;
      width: number;
      padTop: number;
      padLeft: number;
      tileRows: number;
      tileColumns: number;
      firstTile: number;
      tiles: number;
      tileStride: number;
      planeStride: number;
      frequencyStride: number;
      rows: number;
      columns: number;
      rowStride: number;
      kernelRowStride: number;
      kernelColumnStride: number;
      flip: number;
      splits: number;
    };
  };
}
